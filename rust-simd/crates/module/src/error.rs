//! The kernels' error as JavaScript gets it.

use kernels::error::KernelError;
use wasm_bindgen::JsValue;

/// An error on its way to JavaScript: an `Error` with `name`, `code`, `problem` and `fix`.
pub struct Thrown(KernelError);

impl From<KernelError> for Thrown {
    fn from(error: KernelError) -> Self {
        Self(error)
    }
}

impl From<Thrown> for JsValue {
    fn from(Thrown(error): Thrown) -> Self {
        let code = error.code.as_str();
        let message = alloc::format!("{code}: {}. {}.", error.problem, error.fix);
        let js = js_sys::Error::new(&message);
        js.set_name("ElexError");
        let fields = [("code", code), ("problem", error.problem.as_str()), ("fix", error.fix)];
        for (name, value) in fields {
            // Setting a plain property of a fresh object cannot fail.
            let _ = js_sys::Reflect::set(&js, &name.into(), &value.into());
        }
        js.into()
    }
}
