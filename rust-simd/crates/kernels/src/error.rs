//! The error of every kernel: a stable code, the problem, and what to do. Knows nothing of JavaScript.

use alloc::string::String;

/// The codes that a kernel can give; the same words as in Python and JavaScript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Input that does not fit its type, range or place.
    Validation,
    /// There is no room in WebAssembly memory.
    Memory,
    /// Bytes that are damaged, truncated or of another version.
    Serialization,
    /// An id that nothing answers to.
    NotFound,
}

impl Code {
    /// The code as callers see it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Validation => "VALIDATION_ERROR",
            Self::Memory => "MEMORY_ERROR",
            Self::Serialization => "SERIALIZATION_ERROR",
            Self::NotFound => "NOT_FOUND",
        }
    }
}

/// What was wrong and where, with the value, and what the caller can do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KernelError {
    /// Which cause.
    pub code: Code,
    /// What was wrong; no full stop at the end.
    pub problem: String,
    /// What to do; no full stop at the end.
    pub fix: &'static str,
}

impl KernelError {
    /// Input that does not fit.
    #[must_use]
    pub fn validation(problem: String, fix: &'static str) -> Self {
        Self { code: Code::Validation, problem, fix }
    }

    /// No room for `size_bytes` more.
    #[must_use]
    pub fn memory(size_bytes: usize) -> Self {
        Self {
            code: Code::Memory,
            problem: alloc::format!(
                "there is no room for {size_bytes} bytes in WebAssembly memory"
            ),
            fix: "Close indexes that are no longer used, or load fewer rows",
        }
    }

    /// Bytes that cannot be trusted.
    #[must_use]
    pub fn damaged(problem: String) -> Self {
        Self { code: Code::Serialization, problem, fix: "Build it again from its source" }
    }
}
