import Contract
import Domain
import Merging
import Store

/// Finds the place of gateways' figures among those that are stored: a newer one of the same journal replaces, one of
/// another journal stands beside.
struct PartIntake {
    private struct Slot: Hashable {
        var gateway: Int32
        var indicator: String
        var scope: String
        var window: String
        var from: Instant
    }

    private let names: NameBook
    private let database: Postgres

    init(names: NameBook, _ database: Postgres) {
        self.names = names
        self.database = database
    }

    func add(
        _ figures: [(message: FigureMessage, payload: [UInt8])],
        to batch: inout EntryBatch,
        now: Instant
    ) throws(StoreError) {
        let placed = figures.compactMap { figure in
            names.gateway(figure.message.gateway).map { (slot: Self.slot(figure.message, $0.id), figure: figure) }
        }
        var known = try known(Set(placed.map(\.slot)))
        for (slot, figure) in placed {
            var lineage = 1
            if let part = Part(figure.message, at: now) {
                switch PartBook.outcome(of: part, among: known[slot] ?? []) {
                case .old: continue
                case .replaced(let part):
                    lineage = part.lineage
                    known[slot]?.removeAll { $0.lineage == part.lineage }
                    known[slot]?.append(part)
                    known[slot]?.sort { $0.lineage < $1.lineage }
                case .begun(let part):
                    lineage = part.lineage
                    known[slot, default: []].append(part)
                }
            }
            batch.add(
                EntryBatch.Part(
                    to: figure.message.to,
                    revision: Int64(figure.message.revision),
                    isFinal: !figure.message.isProvisional,
                    body: String(decoding: figure.payload, as: UTF8.self)
                ),
                for: EntryBatch.PartKey(
                    gateway: slot.gateway,
                    indicator: slot.indicator,
                    scope: slot.scope,
                    window: slot.window,
                    from: slot.from,
                    lineage: Int32(clamping: lineage)
                )
            )
        }
    }

    private static func slot(_ message: FigureMessage, _ gateway: Int32) -> Slot {
        Slot(
            gateway: gateway,
            indicator: message.indicator,
            scope: message.scope,
            window: message.window,
            from: message.from
        )
    }

    /// The parts that are stored, by lineage.
    private func known(_ slots: Set<Slot>) throws(StoreError) -> [Slot: [Part]] {
        let slots = Array(slots)
        let rows = try database.query(
            """
            select wanted.n, part.lineage, part.body
            from unnest($1::integer[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) with ordinality
                as wanted (gateway, indicator, scope, "window", "from", n)
            join part using (gateway, indicator, scope, "window", "from")
            order by 1, 2
            """,
            [
                PostgresText.array(slots.map { Int64($0.gateway) }), PostgresText.array(slots.map(\.indicator)),
                PostgresText.array(slots.map(\.scope)), PostgresText.array(slots.map(\.window)),
                PostgresText.array(slots.map(\.from.description)),
            ]
        )
        var found: [Slot: [Part]] = [:]
        for row in 0..<rows.count {
            guard let number = rows.integer(row, 0), let lineage = rows.integer(row, 1), let body = rows[row, 2],
                let part = Part(payload: Array(body.utf8), at: Instant(millisecondsSince1970: 0), lineage: Int(lineage))
            else { continue }
            found[slots[Int(number) - 1], default: []].append(part)
        }
        return found
    }
}
