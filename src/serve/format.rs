//! In which format somebody wants a report. Source: RFC 9110 §12.5.1.

use super::refusal::Refusal;
use axum::http::{HeaderMap, StatusCode, header};

/// A format of reports, by id and media type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Served {
    pub(super) id: &'static str,
    pub(super) media_type: &'static str,
}

/// Every format, the one first that whoever accepts all gets.
pub(super) const SERVED: [Served; 6] = [
    Served { id: "json", media_type: "application/json" },
    Served { id: "html", media_type: "text/html" },
    Served { id: "text", media_type: "text/plain" },
    Served { id: "markdown", media_type: "text/markdown" },
    Served { id: "sarif", media_type: "application/sarif+json" },
    Served { id: "csv", media_type: "text/csv" },
];

/// Those that a worker makes beside JSON. The page for a browser is made anew with pictures, and stays as it is where
/// these cannot be drawn.
pub(super) const MADE_BY_WORKERS: [&str; 5] = ["text", "markdown", "sarif", "csv", "html"];

impl Served {
    /// The best of what a request accepts; among equals the one that stands first here.
    pub(super) fn accepted(headers: &HeaderMap) -> Result<Self, Refusal> {
        let ranges = ranges(headers);
        if ranges.is_empty() {
            return Ok(SERVED[0]);
        }
        let mut best: Option<(u16, Self)> = None;
        for served in SERVED {
            let quality = quality(&ranges, served.media_type);
            if quality > best.map_or(0, |(best, _)| best) {
                best = Some((quality, served));
            }
        }
        best.map(|(_, served)| served).ok_or_else(|| {
            let all = SERVED.map(|served| served.media_type).join(", ");
            Refusal::new(StatusCode::NOT_ACCEPTABLE, format!("reports are given as {all}"))
        })
    }

    /// The head of such an answer.
    pub(super) fn content_type(self) -> String {
        if self.media_type.starts_with("text/") {
            format!("{}; charset=utf-8", self.media_type)
        } else {
            self.media_type.to_owned()
        }
    }
}

/// A range of media types with its quality in thousandths.
type Range = (String, u16);

fn ranges(headers: &HeaderMap) -> Vec<Range> {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(range).collect()
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?.to_ascii_lowercase();
    let weight = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
    let weight = weight.map_or(Some(1.0), |weight| weight.parse::<f32>().ok())?;
    Some((range, (weight.clamp(0.0, 1.0) * 1000.0) as u16))
}

/// The quality of a media type: that of the narrowest range that holds it, in thousandths; 0 where none does.
fn quality(ranges: &[Range], media_type: &str) -> u16 {
    let family = media_type.split('/').next().unwrap_or_default();
    let names = [media_type.to_owned(), format!("{family}/*"), "*/*".to_owned()];
    let found = names.iter().find_map(|name| ranges.iter().find(|(range, _)| range == name));
    found.map_or(0, |(_, quality)| *quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(accept: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().expect("a value"));
        Served::accepted(&headers).ok().map(|served| served.id)
    }

    #[test]
    fn a_browser_gets_a_page_and_whoever_takes_all_gets_json() {
        assert_eq!(accepted("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Some("html"));
        assert_eq!(accepted("*/*"), Some("json"));
        assert_eq!(Served::accepted(&HeaderMap::new()).map(|served| served.id).ok(), Some("json"));
    }

    #[test]
    fn the_narrowest_range_counts_and_nothing_at_all_is_refused() {
        assert_eq!(accepted("text/*"), Some("html"));
        assert_eq!(accepted("text/*;q=0.5, text/csv"), Some("csv"));
        assert_eq!(accepted("text/html;q=0, text/*"), Some("text"));
        assert_eq!(accepted("application/sarif+json"), Some("sarif"));
        assert_eq!(accepted("image/png"), None);
        assert_eq!(accepted("application/json;q=0"), None);
    }
}
