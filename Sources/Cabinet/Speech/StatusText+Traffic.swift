import Control
import Domain

extension StatusText {
    /// `today 3.1 MB, this month 41 MB of 300 MB`; nil from a gateway of an earlier version.
    func traffic(_ destination: DestinationStatus) -> StyledText? {
        guard let traffic = destination.traffic else { return nil }
        let today = used(traffic.today.total, of: traffic.per == "day" ? traffic.budget : nil)
        let month = used(traffic.month.total, of: traffic.per == "month" ? traffic.budget : nil)
        let line = style.text(Sentence(UplinkPhrase.carried, .sentence(today), .sentence(month)))
        let total = traffic.per == "day" ? traffic.today.total : traffic.month.total
        guard let budget = traffic.budget, total * 5 >= budget * 4 else { return style.dim(line) }
        return total >= budget ? style.red(line) : style.yellow(line)
    }

    private func used(_ bytes: Int64, of budget: Int64?) -> Sentence {
        let used = ByteCount.text(bytes, in: style.language)
        guard let budget else { return Sentence(UplinkPhrase.bytes, used) }
        return Sentence(UplinkPhrase.ofBudget, used, ByteCount.text(budget, in: style.language))
    }
}
