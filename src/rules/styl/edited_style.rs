use crate::finding::{Finding, Measure, Severity};
use crate::paper::source::EditedStyle;
use crate::rule::{Case, Skip, rule};
use crate::rules::hint::{settled, sources};

rule! {
    /// ## What it checks
    /// A style file that declares itself to be one that `dlde style` writes, of the same version, holds the same code.
    /// Comments and blanks are left aside; the workshop's own files, which declare something else, are not compared.
    ///
    /// ## Why it matters
    /// The style is the same for everybody. What a changed one gains is measured in the PDF, by rules of their own.
    ///
    /// ## What to do
    /// Write the style anew with `dlde style --force`, and build the paper again. Changes of your own belong into the
    /// paper, where they can be seen.
    pub static EDITED_STYLE: Rule = {
        code: "STYL015",
        name: "edited-style",
        aliases: &[],
        severity: Severity::Warning,
        needs: &[],
        check: the_style_is_as_it_was_shipped,
    }
}

fn the_style_is_as_it_was_shipped(case: &Case<'_>) -> Result<Vec<Finding>, Skip> {
    let demand = case.profile.style.as_ref().ok_or_else(|| Skip::not_applicable("no style is asked here"))?;
    let sources = sources(case)?;
    let finding = |style: &EditedStyle| {
        let differ = match style.count {
            1 => "1 line of code differs".to_owned(),
            count => format!("{count} lines of code differ"),
        };
        let name = &style.name;
        let message = format!("{differ} from the {name} that is shipped, which this file says it is");
        Finding::new(message, style.at.clone())
            .seen(if style.first.is_empty() { style.shipped.clone() } else { style.first.clone() })
            .measured(Measure::Text(style.first.clone()), Measure::Text(style.shipped.clone()))
            .asked_by(&demand.clause)
    };
    settled(sources, sources.edited_styles.iter().map(finding).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Paper;
    use crate::rules::trial::{Trial, in_source, paper_with_sources};

    fn edited(count: usize, first: &str) -> Paper {
        let (name, shipped) = ("dlde_neurips_2023".to_owned(), "\\parskip=5pt".to_owned());
        let style = EditedStyle { name, count, first: first.to_owned(), shipped, at: in_source() };
        paper_with_sources(|s| s.edited_styles.push(style))
    }

    #[test]
    fn an_edited_style_is_found_with_the_number_of_its_lines() {
        let trial = Trial::of(&EDITED_STYLE)
            .passes(&paper_with_sources(|_| {}))
            .fails(&edited(3, "\\parskip=0pt"))
            .not_applicable(&Paper::default());
        assert!(
            trial.finding(&edited(3, "\\parskip=0pt")).message.starts_with("3 lines of code differ from")
        );
        let one = trial.finding(&edited(1, ""));
        assert!(one.message.starts_with("1 line of code differs from"), "{}", one.message);
    }

    #[test]
    fn files_that_were_not_read_leave_it_open() {
        let unread = paper_with_sources(|s| s.unread = Some("code.zip cannot be opened".to_owned()));
        Trial::of(&EDITED_STYLE).undetermined(&unread);
    }
}
