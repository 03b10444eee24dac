import Control
package import Diagnosing

extension ProbeFailure {
    package var sentence: Sentence {
        switch self {
        case .lost(let words): Sentence(LendingPhrase.lost, .words(words))
        case .noThread(let words): Sentence(LendingPhrase.noThread, .words(words))
        case .refused(let words): Sentence(LendingPhrase.refused, .words(words))
        case .refusedFor(let word, let about):
            Sentence(BorrowedAnswer.Refusal(rawValue: word)?.phrase ?? .refused, arguments: about)
        case .crowded: Sentence(LendingPhrase.crowded)
        case .otherVersion: Sentence(LendingPhrase.otherVersion)
        case .unclear: Sentence(LendingPhrase.unclear)
        case .busy(let holder):
            Sentence(LendingPhrase.busy, .sentence(holder.sentence), .sentence(Sentence(LendingPhrase.askLater)))
        }
    }

    package func text(in language: Language) -> String { sentence.text(in: language) }
}

extension LineHolder {
    package var sentence: Sentence {
        switch self {
        case .probe(let bus, let user?, let process, let since):
            Sentence(LendingPhrase.held, bus, user, process, since)
        case .probe(let bus, nil, let process, let since):
            Sentence(LendingPhrase.heldBySomebody, bus, process, since)
        case .polls(let bus, let until): Sentence(LendingPhrase.owed, bus, until)
        }
    }

    /// What a probe says while it waits for the line.
    package var waiting: Sentence { Sentence(LendingPhrase.waiting, .sentence(sentence)) }
}

extension Sequence<DeviceReport> {
    /// What was seen first in the reports and what to check next, for a record.
    package func told(in language: Language) -> (seen: String?, next: String?) {
        let finding = lazy.compactMap(\.finding).first
        let failure = lazy.compactMap(\.failure).first
        return (
            (finding?.seen ?? failure?.sentence)?.text(in: language),
            finding?.next.text(in: language)
        )
    }
}

extension BorrowedAnswer.Refusal {
    var phrase: LendingPhrase {
        switch self {
        case .onlyShows: .onlyShows
        case .noRead: .noRead
        case .otherPlace: .otherPlace
        case .noRange: .noRange
        case .noUnit: .noUnit
        case .tooLong: .tooLong
        case .restarting: .restarting
        case .noBus: .noBus
        case .taken: .taken
        }
    }
}
