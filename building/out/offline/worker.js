/** The worker of the one file: the app's own, once its surroundings are what a served one has. */
import "./served.js";
import "dist/worker/worker.js";
