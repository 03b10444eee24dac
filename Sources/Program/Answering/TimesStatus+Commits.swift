import Control
import Domain
import Journal

extension TimesStatus {
    init(_ times: CommitTimes) {
        self.init(
            bounds: CommitTimes.bounds.map { Double($0) / 1_000 },
            counts: times.cumulated,
            sum: times.sum.inSeconds,
            count: times.count
        )
    }
}
