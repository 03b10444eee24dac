import Documents
import Domain
import Importing
import Profiles

/// A draft made from a text, and the profile that it is with its blanks filled.
struct Imported {
    let draft: ProfileDraft
    let profile: Profile?
    let problems: [Problem]

    init(_ text: String, as format: ImportFormat = .table, _ change: (inout ImportOptions) -> Void = { _ in }) {
        var options = ImportOptions(id: "acme")
        change(&options)
        let rows = format.rows(of: text, options: options, log: ProblemLog())
        draft = ProfileDraft(rows, from: "table", options: options) { "\($0.kind)" }
        let log = ProblemLog()
        profile = DraftBlanks.profile(DraftBlanks.filled(draft.text), id: "acme", log: log)
        problems = log.problems
    }

    /// The point of a name: its place, type and unit, as `holding 0 uint16 V 0.1`.
    func point(_ name: String) -> String? {
        guard let point = profile?.points.first(where: { $0.name == name }),
            case .registers(let range, let type, let order) = point.origin
        else { return nil }
        let parts = [point.unit?.code, point.scale.map { "\($0)" }].compactMap(\.self)
        return (["\(range.table.rawValue) \(range.start) \(type.rawValue) \(order.rawValue)"] + parts)
            .joined(separator: " ")
    }

    var kinds: [ImportRemark.Kind] { draft.remarks.filter { $0.line != nil }.map(\.kind) }
}
