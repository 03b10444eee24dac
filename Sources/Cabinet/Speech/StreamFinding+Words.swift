import Diagnosing
import Domain

extension StreamFinding {
    /// What was seen.
    var seen: Sentence {
        switch self {
        case .silent(let place, let waited, let settings?):
            Sentence(StreamPhrase.silent, .text(place), .duration(waited), .text("\(settings)"))
        case .silent(let place, let waited, nil):
            Sentence(StreamPhrase.silentNetwork, .text(place), .duration(waited))
        case .unanswered(let place, let word, let asked, _):
            Sentence(StreamPhrase.unanswered, place, word, "\(asked)")
        case .noFrame(let bytes, _): Sentence(StreamPhrase.noFrame, bytes)
        case .otherText(let beginning): Sentence(StreamPhrase.otherText, beginning)
        case .otherForm(_, let example, let place, ""): Sentence(StreamPhrase.shorter, example, "\(place)")
        case .otherForm(_, let example, let place, let wanted):
            Sentence(StreamPhrase.otherForm, example, wanted, "\(place)")
        case .noValue(_, let example, let point, let bytes): Sentence(StreamPhrase.noValue, example, bytes, point)
        case .damaged(let damaged, let count, let example, _):
            Sentence(StreamPhrase.damaged, "\(damaged)", "\(count)", example)
        case .sevenBits: Sentence(StreamPhrase.sevenBits)
        case .gatewayListens(let place, let holder): Sentence(StreamPhrase.gatewayListens, place, holder)
        case .refused(let place): Sentence(StreamPhrase.refused, place)
        }
    }

    /// The next thing to check.
    var next: Sentence {
        switch self {
        case .silent(_, _, nil): Sentence(StreamPhrase.checkServer)
        case .silent: Sentence(StreamPhrase.checkRS232)
        case .unanswered: Sentence(StreamPhrase.checkAsking)
        case .noFrame(_, let settings?): Sentence(StreamPhrase.checkSettings, "\(settings)")
        case .noFrame(_, nil): Sentence(StreamPhrase.checkServerSettings)
        case .otherText, .otherForm, .noValue: Sentence(StreamPhrase.checkForm)
        case .damaged: Sentence(StreamPhrase.checkNoise)
        case .sevenBits(_, nil): Sentence(StreamPhrase.checkServerSettings)
        case .sevenBits: Sentence(StreamPhrase.setSevenBits)
        case .gatewayListens: Sentence(StreamPhrase.useStatus)
        case .refused: Sentence(StreamPhrase.checkServerPort)
        }
    }
}
