/// A finding as lines for a person: what was seen, and the next thing to check.
public enum FindingText {
    public static func lines(_ finding: Finding, style: TextStyle) -> [String] {
        let word = finding.diagnosis.map { $0.rawValue + ": " } ?? ""
        let seen = TextStyle.wrapped(word + finding.seen.text(in: style.language), to: style.columns)
        let next = style.text(ProbePhrase.next) + " " + finding.next.text(in: style.language)
        return seen.map(style.red) + TextStyle.wrapped(next, to: style.columns)
    }
}
