use crate::finding::{Finding, Severity};
use crate::paper::source::HintKind;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::always;

rule! {
    /// ## What it checks
    /// No file holds a path below a home directory, such as `/home/mquist/paper`. Paths of containers, services and
    /// examples are not meant.
    ///
    /// ## Why it matters
    /// A login is a name, or leads to one. Build files, logs, notebooks and compiled files are full of them.
    ///
    /// ## What to do
    /// Use relative paths, and leave out files that TeX or a program made (.aux, .log, .fls, .synctex.gz, .pyc).
    pub static LOCAL_PATH_IN_FILE: Rule = {
        code: "ANON065",
        name: "local-path-in-file",
        aliases: &[],
        severity: Severity::Error,
        needs: &[],
        check: paths_name_nobody,
    }
}

fn paths_name_nobody(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    always(
        case,
        |h| h.kind == HintKind::LocalPath,
        "a path shows the login of a person; a submission shows none",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::paper::source::{Setting, Weight};
    use crate::rules::trial::{Trial, paper_with_hint, paper_with_sources};

    #[test]
    fn sources_without_it_pass_and_a_lone_pdf_has_none() {
        let other = paper_with_hint(HintKind::Host, Setting::Comment, Weight::Full);
        Trial::of(&LOCAL_PATH_IN_FILE).passes(&other).not_applicable(&Paper::default());
    }

    #[test]
    fn it_is_found_and_lowered_where_it_tells_less() {
        let meant = |weight| paper_with_hint(HintKind::LocalPath, Setting::File, weight);
        let trial = Trial::of(&LOCAL_PATH_IN_FILE).fails(&meant(Weight::Full));
        assert_eq!(trial.finding(&meant(Weight::Full)).severity, None);
        assert_eq!(trial.finding(&meant(Weight::Slight)).severity, Some(Severity::Note));
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&LOCAL_PATH_IN_FILE).undetermined(&unread);
    }
}
