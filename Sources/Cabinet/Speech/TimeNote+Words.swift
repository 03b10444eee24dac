import Diagnosing
import Domain

extension TimeNote {
    var sentence: Sentence {
        switch self {
        case .absent(let path): Sentence(ProbePhrase.timeAbsent, path)
        case .unreadable(let path, let format): Sentence(ProbePhrase.timeUnreadable, path, format)
        case .implausible(let path, let format, let instant):
            Sentence(ProbePhrase.timeImplausible, path, format, "\(instant)")
        case .far(let away):
            Sentence(away > .zero ? ProbePhrase.timeEarlier : .timeLater, Self.spoken(away))
        }
    }

    /// In hours and minutes, such as `7 h 0 min`.
    private static func spoken(_ away: Duration) -> String {
        let minutes = abs(away.wholeMilliseconds) / 60_000
        return "\(minutes / 60) h \(minutes % 60) min"
    }
}
