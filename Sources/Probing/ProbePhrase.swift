/// What `gateway probe` says besides its diagnoses: headings, summaries, progress.
public enum ProbePhrase: Phrase {
    case answers
    case fails

    public var wording: Wording {
        switch self {
        case .answers: Wording("answers", "menjawab")
        case .fails: Wording("does not answer", "tidak menjawab")
        }
    }
}
