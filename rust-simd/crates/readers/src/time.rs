//! Times and durations of ISO 8601, in all forms that files have: extended, basic, and the compact one
//! without a T that ASN.1 calls GeneralizedTime (TS 32.401).

const SECONDS_PER_DAY: i64 = 86_400;
/// No measurement runs longer than this; what says so is damaged.
const MAX_DURATION_S: i64 = 366 * SECONDS_PER_DAY;

/// Seconds since 1970, UTC; a time without a zone counts as UTC, parts of a second are cut off.
///
/// Calendar, week and ordinal dates, with or without hyphens and colons, a fraction of the last part
/// after a point or comma, 24:00 as the end of a day, and a leap second as the first of the next minute.
#[must_use]
pub fn moment(text: &[u8]) -> Option<i64> {
    let mut rest = Rest(text.trim_ascii());
    let day = date(&mut rest)?;
    let mut seconds = 0;
    let mut zone = 0;
    if !rest.0.is_empty() {
        // The compact form has no T; hours then follow the date at once.
        if !rest.skip(b"Tt ") && !rest.0[0].is_ascii_digit() {
            return None;
        }
        seconds = clock(&mut rest)?;
        zone = offset(&mut rest)?;
    }
    rest.0.is_empty().then_some(day * SECONDS_PER_DAY + seconds - zone)
}

/// Seconds of a duration such as PT900S, PT15M, P1D or P1W, up to a year; parts of a second are cut off.
///
/// Years and months have no fixed length and are refused unless they are 0.
#[must_use]
pub fn duration(text: &[u8]) -> Option<i64> {
    let mut rest = Rest(text.trim_ascii());
    if !rest.skip(b"P") {
        return None;
    }
    let (mut seconds, mut n_parts) = (0_i64, 0);
    let mut units: &[(u8, i64)] = &[(b'Y', 0), (b'M', 0), (b'W', 604_800), (b'D', SECONDS_PER_DAY)];
    let (mut in_time, mut had_fraction) = (false, false);
    while !rest.0.is_empty() {
        if !in_time && rest.skip(b"T") {
            (in_time, units) = (true, &[(b'H', 3600), (b'M', 60), (b'S', 1)]);
            n_parts = 0;
            continue;
        }
        if had_fraction {
            return None;
        }
        let value = rest.whole()?;
        let fraction = rest.fraction()?;
        had_fraction = fraction.is_some();
        let at = units.iter().position(|unit| rest.0.first() == Some(&unit.0))?;
        rest.0 = &rest.0[1..];
        let length = units[at].1;
        if length == 0 && (value > 0 || had_fraction) {
            return None;
        }
        units = &units[at + 1..];
        n_parts += 1;
        let part = (fraction.unwrap_or(0.0) * length as f64) as i64;
        seconds = value.checked_mul(length)?.checked_add(part)?.checked_add(seconds)?;
    }
    (n_parts > 0 && seconds <= MAX_DURATION_S).then_some(seconds)
}

/// What is left to read.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    /// Go on over one of these bytes.
    fn skip(&mut self, any: &[u8]) -> bool {
        let found = self.0.first().is_some_and(|byte| any.contains(byte));
        if found {
            self.0 = &self.0[1..];
        }
        found
    }

    /// A number of exactly `n` digits.
    fn digits(&mut self, n: usize) -> Option<i64> {
        let digits = self.0.get(..n).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
        self.0 = &self.0[n..];
        Some(digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0')))
    }

    /// A number of up to 9 digits after any number of zeros.
    fn whole(&mut self) -> Option<i64> {
        let n = self.n_digits();
        let n_zeros = self.0[..n].iter().take_while(|&&digit| digit == b'0').count();
        if n == 0 || n - n_zeros > 9 {
            return None;
        }
        self.0 = &self.0[n_zeros..];
        self.digits(n - n_zeros)
    }

    fn n_digits(&self) -> usize {
        self.0.iter().take_while(|byte| byte.is_ascii_digit()).count()
    }

    /// A fraction after a point or comma, if there is one.
    #[allow(clippy::option_option, reason = "the outer one is an error")]
    fn fraction(&mut self) -> Option<Option<f64>> {
        if !self.skip(b".,") {
            return Some(None);
        }
        let n = self.n_digits();
        let mut value = 0.0;
        for digit in self.0[..n].iter().rev() {
            value = (value + f64::from(digit - b'0')) / 10.0;
        }
        self.0 = &self.0[n..];
        Some(Some(value))
    }
}

/// Days since 1970 of a date.
fn date(rest: &mut Rest<'_>) -> Option<i64> {
    let year = rest.digits(4)?;
    let is_extended = rest.skip(b"-");
    let first = days_before(year, 1, 1);
    if rest.skip(b"Ww") {
        let week = rest.digits(2).filter(|week| (1..=53).contains(week))?;
        if is_extended && !rest.skip(b"-") {
            return None;
        }
        let day = rest.digits(1).filter(|day| (1..=7).contains(day))?;
        // Week 1 holds January 4th; 1970-01-01 was a Thursday.
        let fourth = first + 3;
        let monday = fourth - (fourth + 3).rem_euclid(7);
        return Some(monday + (week - 1) * 7 + day - 1);
    }
    let n_digits = rest.n_digits();
    if n_digits == 3 {
        let day = rest.digits(3)?;
        let n_days = if is_leap(year) { 366 } else { 365 };
        return (1..=n_days).contains(&day).then_some(first + day - 1);
    }
    let month = rest.digits(2).filter(|month| (1..=12).contains(month))?;
    if is_extended && !rest.skip(b"-") {
        return None;
    }
    let day = rest.digits(2).filter(|&day| day >= 1 && day <= days_of(year, month))?;
    Some(days_before(year, month, day))
}

/// Seconds since midnight.
fn clock(rest: &mut Rest<'_>) -> Option<i64> {
    let (mut seconds, mut unit) = (0, 3600);
    let mut is_extended = false;
    let mut parts = [0; 3];
    for (n, part) in parts.iter_mut().enumerate() {
        *part = rest.digits(2)?;
        seconds += *part * unit;
        if let Some(fraction) = rest.fraction()? {
            seconds += (fraction * unit as f64) as i64;
            break;
        }
        unit /= 60;
        let has_colon = n < 2 && rest.skip(b":");
        if n == 0 {
            is_extended = has_colon;
        }
        let goes_on = rest.0.first().is_some_and(u8::is_ascii_digit);
        if n < 2 && goes_on && has_colon != is_extended || has_colon && !goes_on {
            return None;
        }
        if !goes_on {
            break;
        }
    }
    let [hour, minute, second] = parts;
    let is_day = hour < 24 || seconds == SECONDS_PER_DAY;
    (is_day && minute < 60 && second <= 60).then_some(seconds)
}

/// Seconds east of Greenwich; nothing stands for UTC.
fn offset(rest: &mut Rest<'_>) -> Option<i64> {
    if rest.0.is_empty() || rest.skip(b"Zz") {
        return Some(0);
    }
    let is_west = rest.0[0] == b'-';
    if !rest.skip(b"+-") {
        return None;
    }
    let (mut seconds, mut unit) = (rest.digits(2).filter(|&hours| hours < 24)? * 3600, 60);
    while !rest.0.is_empty() && unit > 0 {
        rest.skip(b":");
        seconds += rest.digits(2).filter(|&part| part < 60)? * unit;
        unit /= 60;
    }
    Some(if is_west { -seconds } else { seconds })
}

const fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_of(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970 in the Gregorian calendar, which is taken to reach back for ever.
const fn days_before(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March put the leap day at the end.
    let year = if month > 2 { year } else { year - 1 };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUARTER: i64 = 1_772_446_500; // 2026-03-02T10:15:00Z

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn one_time_is_read_in_all_its_forms() {
        for text in [
            "2026-03-02T10:15:00Z",
            "2026-03-02T10:15:00",
            "2026-03-02T10:15Z",
            "2026-03-02 10:15:00Z",
            "20260302T101500Z",
            "20260302101500Z",
            "202603021015Z",
            "20260302101500",
            "20260302T1015",
            "2026-03-02T10:15:00.5Z",
            "2026-03-02T10:15:00,999Z",
            "20260302101500.0Z",
            " 2026-03-02T10:15:00z\n",
            "2026-03-02T11:15:00+01:00",
            "2026-03-02T11:15:00+0100",
            "2026-03-02T11:15:00+01",
            "2026-03-02T11:15:00.000+01:00:00",
            "20260302121500+0200",
            "2026-03-01T20:15:00-14:00",
            "2026-W10-1T10:15:00Z",
            "2026W101T101500Z",
            "2026-061T10:15:00Z",
            "2026061T1015Z",
            "2026-03-02T10.25Z",
            "2026-03-02T10:14:60Z",
            "2026-03-02T10:14.999999999999Z",
        ] {
            let expected = if text.contains("14.9") { QUARTER - 1 } else { QUARTER };
            assert_eq!(moment(text.as_bytes()), Some(expected), "{text}");
        }
        assert_eq!(moment(b"2026-03-01T24:00:00Z"), moment(b"2026-03-02T00:00:00Z"));
        assert_eq!(moment(b"2026-03-02"), moment(b"2026-03-02T00:00:00Z"));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn times_far_away_are_counted() {
        assert_eq!(moment(b"1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(moment(b"0001-01-01T00:00:00+14:00"), Some(-62_135_596_800 - 14 * 3600));
        assert_eq!(moment(b"2000-02-29T23:59:59Z"), Some(951_868_799));
        assert_eq!(moment(b"9999-12-31T23:59:59Z"), Some(253_402_300_799));
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_is_no_time_is_none() {
        for text in [
            "",
            "soon",
            "2026",
            "2026-03",
            "2026-3-2",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2026-03-02T",
            "2026-03-02T1",
            "2026-03-02T25:00:00Z",
            "2026-03-02T24:00:01Z",
            "2026-03-02T10:60Z",
            "2026-03-02T10:15:61Z",
            "2026-03-02T10:1500Z",
            "2026-03-02T10:15:",
            "2026-03-02T10:15:00ZZ",
            "2026-03-02T10:15:00+",
            "2026-03-02T10:15:00+1",
            "2026-03-02T10:15:00+24:00",
            "2026-W54-1",
            "2026-03-02T10:15:00 Uhr",
            "2026-0302T10:15Z",
            "\u{662}026-03-02",
            "2026-366T00:00",
        ] {
            assert_eq!(moment(text.as_bytes()), None, "{text}");
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn durations_are_read() {
        for (text, seconds) in [
            ("PT900S", 900),
            ("PT15M", 900),
            ("PT1H", 3600),
            ("P1D", 86_400),
            ("P1W", 604_800),
            ("PT0.25H", 900),
            ("P0Y0M0DT0H15M0S", 900),
            ("PT900.000S", 900),
            ("PT1M30S", 90),
            (" PT60S ", 60),
            ("P1DT1H", 90_000),
            ("PT00000000000900S", 900),
            ("PT15,0M", 900),
            ("PT0S", 0),
        ] {
            assert_eq!(duration(text.as_bytes()), Some(seconds), "{text}");
        }
    }

    #[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
    #[cfg_attr(not(target_arch = "wasm32"), test)]
    fn what_has_no_fixed_length_is_none() {
        for text in [
            "",
            "P",
            "PT",
            "some duration",
            "900",
            "P1M",
            "P1Y",
            "PT15",
            "PT1S1M",
            "PT1M1M",
            "-PT900S",
            "P1DT",
            "P99999999999D",
            "PT0.5M3S",
            "P1S",
            "PT1D",
            "PT900S ago",
        ] {
            assert_eq!(duration(text.as_bytes()), None, "{text}");
        }
        assert_eq!(duration(format!("PT{}S", "9".repeat(5000)).as_bytes()), None);
    }
}
