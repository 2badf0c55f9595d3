//! Amounts as they are said on the command line.

use std::time::Duration;

/// A time: a number with `ms`, `s` or `m`; without, seconds.
///
/// # Errors
/// What is expected, for a person.
pub(super) fn time(word: &str) -> Result<Duration, String> {
    let wrong = || "a time is a number with `ms`, `s` or `m`, such as 30s".to_owned();
    let (number, unit) = split(word);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let milliseconds = match unit {
        "ms" => 1,
        "s" | "" => 1_000,
        "m" | "min" => 60_000,
        _ => return Err(wrong()),
    };
    let time = number.checked_mul(milliseconds).filter(|time| *time > 0).ok_or_else(wrong)?;
    Ok(Duration::from_millis(time))
}

/// A size in bytes: a number with `KiB`, `MiB` or `GiB`; their short forms mean the same.
///
/// # Errors
/// What is expected, for a person.
pub(super) fn size(word: &str) -> Result<u64, String> {
    let wrong = || "a size is a number with `MiB` or `GiB`, such as 512MiB".to_owned();
    let (number, unit) = split(word);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let bits = match unit.to_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" if unit.is_empty() => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err(wrong()),
    };
    number.checked_mul(1 << bits).filter(|size| *size > 0).ok_or_else(wrong)
}

/// One part of so many, both 1-based.
///
/// # Errors
/// What is expected, for a person.
pub(super) fn part(word: &str) -> Result<(u32, u32), String> {
    let wrong = || "a part is two numbers, such as 3/8: the third of eight".to_owned();
    let (part, of) = word.split_once('/').ok_or_else(wrong)?;
    let (part, of): (u32, u32) = (part.parse().map_err(|_| wrong())?, of.parse().map_err(|_| wrong())?);
    if (1..=of).contains(&part) { Ok((part, of)) } else { Err(wrong()) }
}

/// The digits, and what comes after them.
fn split(word: &str) -> (&str, &str) {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = word.split_at(digits);
    (number, unit.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_their_units() {
        assert_eq!(time("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(time("30"), Ok(Duration::from_secs(30)));
        assert_eq!(time("2m"), Ok(Duration::from_secs(120)));
        assert!(["", "0s", "s", "-1s", "3h", "99999999999999999999s"].iter().all(|word| time(word).is_err()));
        assert_eq!(size("512MiB"), Ok(512 << 20));
        assert_eq!((size("2G"), size("1GB"), size("100")), (Ok(2 << 30), Ok(1 << 30), Ok(100)));
        assert!(["", "0", "GiB", "1T", "99999999999999G"].iter().all(|word| size(word).is_err()));
    }

    #[test]
    fn a_part_is_one_of_those_there_are() {
        assert_eq!((part("1/1"), part("3/8")), (Ok((1, 1)), Ok((3, 8))));
        assert!(["0/8", "9/8", "3", "a/b", "1/0"].iter().all(|word| part(word).is_err()));
    }
}
