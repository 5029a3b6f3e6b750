//! The one thing that the linker must know: the memory comes from outside.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rustc-link-arg-cdylib=--import-memory");
}
