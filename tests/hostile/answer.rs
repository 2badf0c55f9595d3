//! What a run of the program left behind, and what its report says, as far as these tests ask.

/// What a run left behind.
pub(crate) struct Measured {
    /// The exit code; a run that was killed has none.
    pub(crate) code: Option<i32>,
    /// Processor time in seconds.
    pub(crate) seconds: f64,
    /// The most memory it held at once, in bytes.
    pub(crate) bytes: u64,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// What a report says.
pub(crate) struct Report {
    /// Every page was read.
    pub(crate) is_whole: bool,
    /// The verdict on the whole.
    pub(crate) verdict: String,
    /// The demand on the length was passed, though a page that it rests on was not read.
    pub(crate) length_passes_unread: bool,
    /// The messages of problems and findings, and why verdicts are open.
    messages: Vec<String>,
}

impl Measured {
    /// How it ended, in words.
    pub(crate) fn ending(&self) -> String {
        self.code.map_or_else(|| "a signal".to_owned(), |code| format!("code {code}"))
    }

    /// The report, if it is one.
    pub(crate) fn report(&self) -> Option<Report> {
        let json: serde_json::Value = serde_json::from_str(&self.out).ok()?;
        let number = |key: &str| json["coverage"][key].as_u64();
        let pages = json["paper"]["pages"].as_u64().unwrap_or(0);
        let verdicts = json["verdicts"].as_array()?;
        let lists = [json["problems"].as_array()?, json["findings"].as_array()?];
        let told = lists.into_iter().flatten().filter_map(|m| m["message"].as_str());
        let open = verdicts.iter().filter_map(|v| v["reason"].as_str());
        Some(Report {
            is_whole: pages > 0
                && number("pages_read") == Some(pages)
                && number("pages_without_text") == Some(0),
            verdict: json["verdict"].as_str()?.to_owned(),
            length_passes_unread: !is_length_read(&json)
                && verdicts.iter().any(|v| v["code"] == "PAGE001" && v["outcome"] == "pass"),
            messages: told.chain(open).map(str::to_owned).collect(),
        })
    }
}

impl Report {
    /// Whether a problem, a finding or the reason of an open verdict has these words.
    pub(crate) fn tells(&self, words: &str) -> bool {
        self.messages.iter().any(|m| m.contains(words))
    }

    /// The first thing that it tells.
    pub(crate) fn first(&self) -> String {
        self.messages.first().cloned().unwrap_or_default()
    }

    /// What it tells, cut short.
    pub(crate) fn told(&self) -> String {
        let few: Vec<String> = self.messages.iter().take(4).map(|m| m.chars().take(160).collect()).collect();
        if few.is_empty() { "nothing".to_owned() } else { few.join("; ") }
    }
}

/// Whether every page was read up to where the main text ends and the references begin; without these every page.
fn is_length_read(json: &serde_json::Value) -> bool {
    let coverage = &json["coverage"];
    let pages = json["paper"]["pages"].as_u64().unwrap_or(0);
    let end = json["paper"]["main_text"]["end"]["page"].as_u64();
    let parts = json["paper"]["parts"].as_array().into_iter().flatten();
    let references = parts.filter(|p| p["part"] == "references").find_map(|p| p["first_page"].as_u64());
    let last = references.unwrap_or(pages).max(end.unwrap_or(pages));
    let list = |key: &str| coverage[key].as_array().into_iter().flatten();
    let (mut broken, mut pictures) =
        (list("unread").map(|u| u["page"].as_u64()), list("without_text").map(serde_json::Value::as_u64));
    let is_later = |page: Option<u64>| page.is_some_and(|page| page > last);
    pages > 0 && broken.all(is_later) && pictures.all(is_later)
}
