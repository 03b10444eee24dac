import Contract
import Domain
import Foundation
import JSON
import Testing

/// The program can read what it writes.
@Suite struct `A payload read back` {
    private static func names(of kinds: String...) throws -> [(name: String, payload: [UInt8])] {
        try GoldenFiles.names().filter { name in kinds.contains { name.hasPrefix($0 + "/") } }.sorted()
            .map { ($0, Array(try GoldenFiles.text(of: $0).utf8)) }
    }

    @Test func `is the same meta message`() throws {
        for (name, payload) in try Self.names(of: "meta") {
            #expect(try #require(DeviceMeta(payload: payload), "\(name)").payload == payload, "\(name)")
        }
    }

    @Test func `is the same status`() throws {
        for (name, payload) in try Self.names(of: "status") {
            #expect(try #require(GatewayStatus(payload: payload), "\(name)").payload == payload, "\(name)")
        }
    }

    @Test func `is the same figure`() throws {
        for (name, payload) in try Self.names(of: "figure", "indicator") {
            #expect(try #require(FigureMessage(payload: payload), "\(name)").payload == payload, "\(name)")
        }
    }

    @Test func `is the same figure of a city`() throws {
        for (name, payload) in try Self.names(of: "city-indicator") {
            #expect(try #require(CityFigure(payload: payload), "\(name)").payload == payload, "\(name)")
        }
    }

    @Test func `has the values of the reading or event that JSON has`() throws {
        for (name, payload) in try Self.names(of: "reading", "backfill", "gateway-event", "device-event") {
            let json = try #require(try JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any], "\(name)")
            let message = try #require(try? EntryMessage(decoding: payload), "\(name)")  // the name says which
            #expect(message.gateway == json["gateway"] as? String, "\(name)")
            #expect(message.seq == json["seq"] as? UInt64, "\(name)")
            #expect(message.time.description == json["time"] as? String, "\(name)")
            #expect(message.boot == json["boot"] as? String, "\(name)")
            #expect(message.isHistorical == (json["historical"] != nil), "\(name)")
            switch message.content {
            case .reading(let site, let device, let reading):
                #expect(site == json["site"] as? String && device == json["device"] as? String, "\(name)")
                let points = try #require(json["points"] as? [String: [String: Any]], "\(name)")
                #expect(Set(reading.points.map(\.name)) == Set(points.keys), "\(name)")
                for point in reading.points { Self.compare(point, points[point.name] ?? [:], name) }
                #expect(reading.missed == json["missed"] as? Int ?? 0, "\(name)")
                #expect(reading.sourceTime?.description == json["source_time"] as? String, "\(name)")
            case .event(let event):
                #expect(event.name.rawValue == json["event"] as? String, "\(name)")
                #expect(event.severity.rawValue == json["severity"] as? String, "\(name)")
                #expect(event.device == json["device"] as? String, "\(name)")
                #expect(event.data.count == (json["data"] as? [String: Any])?.count, "\(name)")
                #expect(event.tooLong == json["too_long"] as? [String] ?? [], "\(name)")
            }
        }
    }

    private static func compare(_ point: StoredReading.Point, _ json: [String: Any], _ name: String) {
        let comment = Comment(rawValue: "\(name), \(point.name)")
        #expect(point.unit == json["unit"] as? String, comment)
        #expect(point.quality.rawValue == json["quality"] as? String ?? "good", comment)
        #expect(point.reason?.word == json["reason"] as? String, comment)
        #expect(point.since?.description == json["since"] as? String, comment)
        #expect(point.increase?.double == json["increase"] as? Double, comment)
        switch point.value {
        case .string(let text)?: #expect(text == json["value"] as? String, comment)
        case .bool(let truth)?: #expect(truth == json["value"] as? Bool, comment)
        case let value?:
            // JSONSerialization reads the last digit of a double otherwise than the standard library does.
            let expected = (json["value"] as? NSNumber)?.doubleValue ?? .nan
            #expect(abs((value.double ?? .nan) - expected) <= expected.magnitude * 1e-15, comment)
        case nil: #expect(json["value"] is NSNull, comment)
        }
        #expect(point.fields.count == (json["fields"] as? [String: Any])?.count ?? 0, comment)
    }
}
