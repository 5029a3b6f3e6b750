"""What has to be there before anything is made: programs, and packages of Python, npm and Rust."""
