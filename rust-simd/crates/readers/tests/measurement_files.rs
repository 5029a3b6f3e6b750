//! Measurement files of any shape: every result becomes what its writer meant, in any pieces.

mod files;

use files::pieces;
use files::pm::PmFile;
use files::random::Random;
use files::taken::{Value, measurements};
use proptest::prelude::*;

proptest! {
    #![proptest_config(files::config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn sound_files_are_taken_whole(seed: u64) {
        let mut random = Random::new(seed);
        let file = PmFile::random(&mut random, true);

        let outcome = measurements(&pieces(file.xml.as_bytes(), &mut random), &mut random);

        prop_assert_eq!(outcome.refusal, None);
        prop_assert_eq!(outcome.rejections, vec![], "{}", file.xml);
        prop_assert_eq!(outcome.values, file.taken, "{}", file.xml);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_is_not_taken_is_counted(seed: u64) {
        let mut random = Random::new(seed);
        let file = PmFile::random(&mut random, false);

        let outcome = measurements(&pieces(file.xml.as_bytes(), &mut random), &mut random);

        prop_assert_eq!(&outcome.refusal, &None);
        prop_assert_eq!(outcome.n_rejected, file.n_rejected, "{}\n{:?}", file.xml, outcome.rejections);
        let n_missing = file.taken.iter().filter(|taken| taken.value == Value::Missing).count();
        prop_assert_eq!(outcome.n_missing, n_missing as u64);
        prop_assert_eq!(outcome.n_values, (file.taken.len() - n_missing) as u64);
        prop_assert_eq!(outcome.values, file.taken, "{}", file.xml);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_pieces_give_the_same(seed: u64) {
        let mut random = Random::new(seed);
        let file = PmFile::random(&mut random, false);
        let mut data = file.xml.into_bytes();
        if random.one_in(2) {
            let at = random.below(data.len());
            data[at] = random.of(b"<>&'\"/ x\x00\xC3]-!?");
        }

        let whole = measurements(&[&data], &mut random);
        let cut = measurements(&pieces(&data, &mut random), &mut random);

        prop_assert_eq!(whole, cut, "{}", String::from_utf8_lossy(&data));
    }
}
