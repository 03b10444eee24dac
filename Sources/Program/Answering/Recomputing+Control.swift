import Control
import Domain
import Indicators

/// Converts requests and results of computing days again between the control socket and the figures.
extension Recomputing {
    struct Refusal: Error {
        var words: String
    }

    /// - Throws: the text for the client.
    init(_ request: RecomputeRequest, userID: UInt32?) throws(Refusal) {
        guard let from = Day(request.from), let to = Day(request.to), from <= to else {
            throw Refusal(words: "no days from \(request.from) to \(request.to)")
        }
        let most = RecomputeRequest.longestReason
        guard !request.reason.allSatisfy(\.isWhitespace), request.reason.count <= most else {
            throw Refusal(words: "computing days again needs a reason of 1 to \(most) letters")
        }
        self.init(
            days: from...to,
            reason: request.reason,
            without: request.without,
            with: request.with,
            claimed: request.by,
            userID: userID
        )
    }
}

extension RecomputeStatus {
    init(_ outcome: RecomputingOutcome) {
        self.init()
        isDone = outcome.isDone
        unknownDevice = outcome.unknownDevice
        changed = outcome.result.changed.map(Part.init)
        refused = outcome.result.refused.map(Part.init)
        unchanged = outcome.result.unchanged
    }
}

extension RecomputeStatus.Part {
    fileprivate init(_ part: IndicatorEngine.Recomputation.Part) {
        self.init(day: "\(part.day)", source: part.source, before: part.before, after: part.after)
    }
}
