//! What an index is made with; the names are those of Malkov & Yashunin 2018, section 4.

use crate::error::KernelError;
use crate::similarity::STEP;
use alloc::format;
use alloc::string::String;

/// Settings of an index; they cannot change once it holds vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameters {
    /// Numbers in a vector, a multiple of 4.
    pub dimensions: u32,
    /// Links that a new vector gets in each layer, and the most it may have above layer 0.
    pub m: u32,
    /// The most links that a vector may have in layer 0.
    pub m_max0: u32,
    /// Candidates that are kept while a vector is linked.
    pub ef_construction: u32,
    /// Candidates that are kept in a search, unless the search says otherwise.
    pub ef_search: u32,
    /// Starts the generator that draws the layers; the same seed gives the same graph.
    pub seed: u32,
    /// Whether vectors are kept as 8-bit integers with one scale each, a quarter of their size.
    pub int8: bool,
    /// Up to this many vectors searches scan all of them.
    pub exact_up_to: u32,
}

/// Tests name only what they are about. The defaults of the product are Python's `IndexParameters`.
#[cfg(test)]
impl Default for Parameters {
    fn default() -> Self {
        Self {
            dimensions: 128,
            m: 16,
            m_max0: 32,
            ef_construction: 200,
            ef_search: 50,
            seed: 0,
            int8: false,
            exact_up_to: 2000,
        }
    }
}

impl Parameters {
    /// The most links of a vector in a layer.
    #[must_use]
    pub fn most_links(&self, layer: u8) -> usize {
        (if layer == 0 { self.m_max0 } else { self.m }) as usize
    }

    /// Accept only settings that give a working index.
    ///
    /// # Errors
    /// VALIDATION_ERROR naming the setting.
    pub fn check(&self) -> Result<(), KernelError> {
        let refuse = |problem: String, fix| Err(KernelError::validation(problem, fix));
        let dimensions = self.dimensions;
        if dimensions == 0 || !(dimensions as usize).is_multiple_of(STEP) || dimensions > 65_536 {
            let problem = format!("an index of {dimensions} dimensions");
            return refuse(problem, "Use a multiple of 4 up to 65536; fill vectors up with zeros");
        }
        if !(2..=128).contains(&self.m) {
            return refuse(format!("m is {}", self.m), "Use 2 to 128 links");
        }
        if !(self.m..=255).contains(&self.m_max0) {
            return refuse(format!("m_max0 is {}", self.m_max0), "Use m to 255 links");
        }
        for (name, ef) in [("ef_construction", self.ef_construction), ("ef_search", self.ef_search)]
        {
            if !(1..=65_535).contains(&ef) {
                return refuse(format!("{name} is {ef}"), "Use 1 to 65535 candidates");
            }
        }
        Ok(())
    }
}
