// The build makes learning-curves.js of docs/learning-curves.json.

/** One strategy: its mean share of the optimum's reward with a 95 % band, after so many rated questions. */
export interface LearningCurve {
  strategy: string;
  questions: number[];
  mean: number[];
  low: number[];
  high: number[];
}

declare const curves: LearningCurve[];
export default curves;
