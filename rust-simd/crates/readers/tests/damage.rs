//! Damaged files: whatever happens to their bytes, nothing breaks and nothing is lost without a word.

mod files;

use files::cm::CmFile;
use files::pm::PmFile;
use files::random::Random;
use files::taken::{Outcome, bulk_cm, measurements, netconf};
use files::{counted, pieces};
use proptest::prelude::*;

/// Change some bytes, as a bad line, a bad disk or a bad hand does.
fn damage(data: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..1 + random.below(3) {
        let at = random.below(data.len());
        match random.below(7) {
            0 => data[at] = random.bits() as u8,
            1 => data[at] = random.of(b"<>&'\"/= \n-!?[]x0,.p"),
            2 => drop(data.remove(at)),
            3 => data.insert(at, random.of(b"<>&'\"/= \n-!?[]x0,.p")),
            4 => data.truncate(at + 1),
            5 => {
                let end = (at + random.below(60)).min(data.len());
                let copy = data[at..end].to_vec();
                data.splice(end..end, copy);
            }
            _ => {
                let end = (at + random.below(60)).min(data.len());
                data.drain(at..end);
            }
        }
        if data.is_empty() {
            data.push(b' ');
        }
    }
}

/// Change one letter of a word, which leaves the file well-formed more often; words follow what `fits`.
fn misspell(data: &mut [u8], random: &mut Random, fits: fn(u8) -> bool) {
    let is_word = |at: usize| at > 0 && data[at].is_ascii_alphabetic() && fits(data[at - 1]);
    let begins: Vec<usize> = (0..data.len()).filter(|&at| is_word(at)).collect();
    if begins.is_empty() {
        return;
    }
    let begin = begins[random.below(begins.len())];
    let name: Vec<u8> =
        data[begin..].iter().copied().take_while(u8::is_ascii_alphanumeric).collect();
    let mut other = name.clone();
    other[random.below(name.len())] = random.of(b"xyzQ");
    data[begin..begin + name.len()].copy_from_slice(&other);
    // The end tag of the element, too, if that is what it is.
    let closing = [b"/", name.as_slice()].concat();
    let mut rest = data[begin..].windows(closing.len());
    if let Some(at) = rest.position(|word| word == closing) {
        let at = begin + at + 1;
        data[at..at + name.len()].copy_from_slice(&other);
    }
}

fn check<T: Clone + std::fmt::Debug>(
    data: &[u8],
    outcome: &Outcome<T>,
    n_least: impl Fn(&[counted::Leaf]) -> u64,
) -> Result<(), TestCaseError> {
    prop_assert!(outcome.rejections.iter().all(|rejection| rejection.0 > 0));
    if outcome.refusal.is_none() {
        let Some(leaves) = counted::leaves(data) else {
            return Err(TestCaseError::fail(format!(
                "another parser refuses {}",
                String::from_utf8_lossy(data)
            )));
        };
        let held = n_least(&leaves);
        prop_assert!(
            outcome.n_held() >= held,
            "{} of {held}: {}",
            outcome.n_held(),
            String::from_utf8_lossy(data)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(files::config())]

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn measurements_are_read_or_told_of(seed: u64) {
        let mut random = Random::new(seed);
        let mut data = PmFile::random(&mut random, true).xml.into_bytes();
        if random.one_in(2) { damage(&mut data, &mut random) } else { misspell(&mut data, &mut random, |before| !before.is_ascii_alphanumeric()) }

        let outcome = measurements(&pieces(&data, &mut random), &mut random);

        check(&data, &outcome, counted::results)?;
        prop_assert!(outcome.n_values + outcome.n_missing == outcome.values.len() as u64);
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn configurations_are_read_or_told_of(seed: u64) {
        let mut random = Random::new(seed);
        let mut data = CmFile::bulk(&mut random, true).xml.into_bytes();
        if random.one_in(2) { damage(&mut data, &mut random) } else { misspell(&mut data, &mut random, |before| !before.is_ascii_alphanumeric()) }
        let outcome = bulk_cm(&pieces(&data, &mut random), &mut random);
        check(&data, &outcome, counted::bulk_values)?;

        let mut data = CmFile::netconf(&mut random, true).xml.into_bytes();
        if random.one_in(2) { damage(&mut data, &mut random) } else { misspell(&mut data, &mut random, |before| !before.is_ascii_alphanumeric()) }
        let outcome = netconf(&pieces(&data, &mut random), &mut random);
        check(&data, &outcome, counted::netconf_values)?;
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]

    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn results_never_change_what_they_are_of_without_a_word(seed: u64) {
        let mut random = Random::new(seed);
        let file = PmFile::random(&mut random, true);
        let mut data = file.xml.into_bytes();
        misspell(&mut data, &mut random, |before| before == b'<' || before == b'/' || before == b':');

        let outcome = measurements(&[&data], &mut random);

        if outcome.refusal.is_none() && outcome.rejections.is_empty() {
            prop_assert_eq!(outcome.values, file.taken, "{}", String::from_utf8_lossy(&data));
        }
    }
}
