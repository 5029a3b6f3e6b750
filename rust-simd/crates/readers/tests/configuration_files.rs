//! Configurations of any shape: every value becomes what its writer meant, in any pieces.

mod files;

use files::cm::CmFile;
use files::pieces;
use files::random::Random;
use files::taken::{Cell, Outcome, bulk_cm, netconf};
use proptest::prelude::*;
use readers::cm::{BulkCm, Netconf};
use readers::xml::Reader;

type Make = fn(&mut Random, bool) -> CmFile;
type Read = fn(&[&[u8]], &mut Random) -> Outcome<Cell>;
const FORMATS: [(Make, Read); 2] = [(CmFile::bulk, bulk_cm), (CmFile::netconf, netconf)];

proptest! {
    #![proptest_config(files::config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn sound_files_are_taken_whole(seed: u64) {
        for (make, read) in FORMATS {
            let mut random = Random::new(seed);
            let file = make(&mut random, true);

            let outcome = read(&pieces(file.xml.as_bytes(), &mut random), &mut random);

            prop_assert_eq!(outcome.refusal, None, "{}", file.xml);
            prop_assert_eq!(outcome.rejections, vec![], "{}", file.xml);
            prop_assert_eq!(outcome.values, file.taken, "{}", file.xml);
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_is_not_taken_is_counted(seed: u64) {
        for (make, read) in FORMATS {
            let mut random = Random::new(seed);
            let file = make(&mut random, false);

            let outcome = read(&pieces(file.xml.as_bytes(), &mut random), &mut random);

            prop_assert_eq!(&outcome.refusal, &None);
            prop_assert_eq!(outcome.n_rejected, file.n_rejected, "{}\n{:?}", file.xml, outcome.rejections);
            prop_assert_eq!(outcome.n_values, file.taken.len() as u64);
            prop_assert_eq!(outcome.values, file.taken, "{}", file.xml);
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn any_pieces_give_the_same(seed: u64) {
        for (make, read) in FORMATS {
            let mut random = Random::new(seed);
            let mut data = make(&mut random, false).xml.into_bytes();
            if random.one_in(2) {
                let at = random.below(data.len());
                data[at] = random.of(b"<>&'\"/ x\x00\xC3]-!?");
            }

            let whole = read(&[&data], &mut random);
            let cut = read(&pieces(&data, &mut random), &mut random);

            prop_assert_eq!(whole, cut, "{}", String::from_utf8_lossy(&data));
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn every_object_is_described_once(seed: u64) {
        let file = CmFile::bulk(&mut Random::new(seed), false);
        let mut reader = Reader::new(BulkCm::default());
        reader.push(file.xml.as_bytes()).unwrap();
        reader.finish().unwrap();
        prop_assert_eq!(reader.format().configuration.tree().n_described(), file.objects.len(), "{}", file.xml);

        let file = CmFile::netconf(&mut Random::new(seed), false);
        let mut reader = Reader::new(Netconf::default());
        reader.push(file.xml.as_bytes()).unwrap();
        reader.finish().unwrap();
        prop_assert_eq!(reader.format().configuration.tree().n_described(), file.objects.len(), "{}", file.xml);
    }
}
