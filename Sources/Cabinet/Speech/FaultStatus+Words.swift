package import Control
import Diagnosing
import Domain

extension FaultStatus {
    /// The finding that a probe would have; nil for a word of a later gateway.
    private var finding: Finding? {
        if kind.hasPrefix("broker_") {
            return Finding.BrokerFault(rawValue: String(kind.dropFirst("broker_".count)))
                .map { .broker($0, address: place, detail: detail ?? "") }
        }
        let words = detail ?? ""
        return switch kind {
        case "port_missing": .portMissing(place)
        case "port_busy": .portBusy(place, holder: detail)
        case "port_forbidden": .portForbidden(place)
        case "port_lost": .portLost(place)
        case "port_failed": .portFailed(place, words: words)
        case "too_many_descriptors": .noDescriptor(place)
        case "no_thread": .noThread(place, words: words)
        case "name_unknown": .unknownName(place)
        case "tcp_refused": .refused(place)
        case "stream_refused": .text(.refused(place))
        case "tcp_unreachable", "tcp_failed": .unreachable(place, words: words)
        case "tcp_timeout": .noConnection(place)
        case "closed_by_peer": .hungUp(place)
        default: nil
        }
    }

    /// What is wrong and what to check; nil for a word of a later gateway.
    package var sentences: (seen: Sentence, next: Sentence)? { finding.map { ($0.seen, $0.next) } }
}

extension DestinationStatus {
    /// What is wrong with its connection and what to check; nil for a word of a later gateway.
    package var faultSentences: (seen: Sentence, next: Sentence)? {
        guard let fault, let sentences = fault.sentences else { return nil }
        // A probe asks a bus, and names that.
        guard fault.kind == "broker_credentials" else { return sentences }
        return (sentences.seen, Sentence(DestinationPhrase.checkPassword, id))
    }
}

extension RefusalStatus {
    /// How the broker refuses them, and what to do; an unknown code stands as a number.
    package var sentence: Sentence {
        let phrase: RefusalPhrase? =
            switch code {
            case nil: .drops
            case 0x80, 0x83: .withoutReason
            case 0x87: .notAuthorised
            case 0x90: .topicName
            case 0x95: .tooLarge
            case 0x97: .quota
            case 0x99: .payload
            default: nil
            }
        if let phrase { return Sentence(phrase) }
        return Sentence(RefusalPhrase.code, "0x" + String(code ?? 0, radix: 16, uppercase: true))
    }
}
