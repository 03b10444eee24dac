import Contract
import Domain
import MQTT
import Store

/// What the city itself publishes: merged figures and resend requests, which wait in the database until the broker has
/// taken them.
final class Outbox {
    struct Waiting {
        enum Row {
            case figure(indicator: String, scope: String, window: String, from: String, revision: String)
            case request(String)
        }

        var message: MQTTMessage
        var row: Row
    }

    private static let most = 200

    private let database: Postgres
    private let prefix: String
    private var inFlight: [Int32: Waiting.Row] = [:]

    init(_ database: Postgres, prefix: String) {
        self.database = database
        self.prefix = prefix
    }

    func sent(_ message: Waiting, packet: Int32) { inFlight[packet] = message.row }

    /// Returns what is to be published now; nothing while the last messages have no answer.
    func waiting() throws(StoreError) -> [Waiting] {
        guard inFlight.isEmpty else { return [] }
        return try figures() + requests()
    }

    private func figures() throws(StoreError) -> [Waiting] {
        let rows = try database.query(
            """
            select indicator, scope, "window", "from", revision, final, body, body ->> 'theme' from figure
            where not published order by at limit \(Self.most)
            """
        )
        return rows.map { row in
            let texts = (0..<5).map { rows[row, $0] ?? "" }
            let topic = Topic.cityIndicator(
                name: ([rows[row, 7] ?? ""] + texts[..<3]).joined(separator: "/"),
                isFinal: rows.truth(row, 5) ?? false
            )
            return Waiting(
                message: MQTTMessage(
                    topic: topic.text(prefix: prefix),
                    payload: Array((rows[row, 6] ?? "").utf8),
                    retained: true,
                    kind: .indicators
                ),
                row: .figure(
                    indicator: texts[0],
                    scope: texts[1],
                    window: texts[2],
                    from: texts[3],
                    revision: texts[4]
                )
            )
        }
    }

    /// One request for each gateway at a time: it answers one before the next.
    private func requests() throws(StoreError) -> [Waiting] {
        let rows = try database.query(
            """
            select distinct on (e.gateway) r.id, g.name, e.name, r.ranges
            from request r join epoch e on e.id = r.epoch join gateway g on g.id = e.gateway
            where r.sent_at is null order by e.gateway, r.id limit \(Self.most)
            """
        )
        var found: [Waiting] = []
        for row in 0..<rows.count {
            guard let id = rows[row, 0], let gateway = rows[row, 1], let epoch = rows[row, 2],
                let ranges = rows[row, 3].flatMap({ SeqRanges(multirange: $0) }),
                let request = ResendRequest(
                    epoch: epoch,
                    ranges: ranges.ranges.map { UInt64($0.lowerBound)...UInt64($0.upperBound - 1) }
                )
            else { continue }
            let topic = Topic.requests(gateway: gateway).text(prefix: prefix)
            found.append(
                Waiting(
                    message: MQTTMessage(topic: topic, payload: request.payload, retained: false, kind: .rest),
                    row: .request(id)
                )
            )
        }
        return found
    }

    /// Notes that the broker has answered.
    ///
    /// - Parameter code: of the PUBACK; what the broker refuses is not tried again.
    func answered(_ packet: Int32, code: UInt8) throws(StoreError) {
        switch inFlight.removeValue(forKey: packet) {
        case .figure(let indicator, let scope, let window, let from, let revision):
            try database.query(
                """
                update figure set published = true
                where indicator = $1 and scope = $2 and "window" = $3 and "from" = $4 and revision = $5
                """,
                [indicator, scope, window, from, revision]
            )
        case .request(let id):
            try database.query("update request set sent_at = now(), answer = $2 where id = $1", [id, "\(code)"])
        case nil: break
        }
    }
}
