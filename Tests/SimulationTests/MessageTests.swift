import Domain
import JSON
import Profiles
@testable import Simulation
import Testing

struct MessageTests {
    private func device(_ id: String) throws -> MQTTDevice {
        let model = try FieldProfiles.model(id)
        let access = try #require(model.profile.mqtt)
        return MQTTDevice(
            id: "d",
            node: "n-1",
            interval: .seconds(10),
            model: model,
            access: access,
            chance: Chance(seed: 1)
        )
    }

    private func moment(_ seconds: Double) throws -> MQTTDevice.Moment {
        let time = try #require(Instant(iso8601: "2026-11-21T02:12:44.250Z"))
        return MQTTDevice.Moment(seconds: seconds, time: time, localOffset: 25_200)
    }

    private func text(_ publication: MQTTDevice.Publication) -> String {
        String(decoding: publication.payload, as: UTF8.self)
    }

    @Test func nestedObjectsAndArraysGrowAlongPaths() throws {
        var document: DataValue = .null
        for (path, number) in [("a.b", 1), ("a.c[1].d", 2), ("e", 3)] {
            MessageWriter.put(.integer(number), at: try #require(JSONPath(path)), in: &document)
        }
        let text = String(decoding: MessageWriter.text(document), as: UTF8.self)
        #expect(text == #"{"a":{"b":1,"c":[null,{"d":2}]},"e":3}"#)
    }

    @Test func theHangingScaleReportsWholeGramsInLocalTimeWithoutOffset() throws {
        let device = try device("hanging")
        let loaded = try device.publications(since: moment(20_000_040), at: moment(20_000_050))
        #expect(loaded.map(\.topic) == ["tele/n-1/SENSOR", "tele/n-1/NAME"])
        let match = text(loaded[0]).wholeMatch(of: /\{"Time":"2026-11-21T09:12:44","HX711":\{"WeightRaw":(\d+)\}\}/)
        let grams = try #require(match, "\(text(loaded[0]))").1
        #expect(Int(grams) ?? 0 > 0)
        #expect(Double(text(loaded[1])) != nil)
        let empty = try device.publications(since: moment(20_000_000), at: moment(20_000_010))
        #expect(text(empty[0]).contains(#""WeightRaw":0"#))
    }

    @Test func theScaleStandsStillWhileLoaded() throws {
        let device = try device("hanging")
        let texts = try [40.0, 50, 60, 70].map { offset in
            text(try device.publications(since: moment(20_000_000), at: moment(20_000_000 + offset))[0])
        }
        #expect(Set(texts).count == 1)
    }

    @Test func timesAreWrittenAsTheProfileSays() throws {
        let time = try moment(0).time
        let rule = try #require(FieldProfiles.profile("hanging").mqtt?.messages[0].time)
        func json(_ format: MessageTime.Format, _ zone: MessageTime.Zone = .utc) -> DataValue {
            var rule = rule
            (rule.format, rule.zone) = (format, zone)
            return MessageWriter.json(time, as: rule, localOffset: 25_200)
        }
        #expect(json(.iso8601) == .string("2026-11-21T02:12:44.250Z"))
        #expect(json(.iso8601, .gateway) == .string("2026-11-21T09:12:44"))
        #expect(json(.iso8601, .offset(-3_600)) == .string("2026-11-21T01:12:44"))
        #expect(String(decoding: MessageWriter.text(json(.epochSeconds)), as: UTF8.self) == "1795227164.25")
        #expect(json(.epochMilliseconds) == .integer(1_795_227_164_250))
    }

    @Test func everyPassageBeginsAndEndsAndSomeEndTwice() throws {
        let device = try device("camera")
        var stories: [String: [String]] = [:]
        for tick in 0..<200 {
            let from = 20_000_000.0 + Double(tick) * 20
            for publication in try device.publications(since: moment(from), at: moment(from + 20)) {
                #expect(publication.topic == "frigate-n-1/events")
                let text = text(publication)
                let type = try #require(text.firstMatch(of: /"type":"(\w+)"/)).1
                let id = try #require(text.firstMatch(of: /"after":\{.*?"id":"([^"]+)"/)).1
                #expect(
                    text.contains(#""before":{"#) && text.contains(#""entered_zones":["#)
                        && text.contains(#""label":""#)
                )
                #expect(text.contains(#""end_time":null"#) == (type != "end"))
                stories[String(id), default: []].append(String(type))
            }
        }
        #expect(stories.count > 200)
        #expect(stories.values.allSatisfy { $0.first == "new" && $0.last == "end" })
        #expect(stories.values.contains { $0.contains("update") })
        let ends = stories.values.map { $0.count { $0 == "end" } }
        #expect(Set(ends) == [1, 2])
    }
}
