import Diagnosing
import Documents
import Domain
import Profiles
import TestSupport
import Testing

@Suite struct `A survey of a broker's topics` {
    private static func shipped() throws -> [Profile] {
        let log = ProblemLog()
        let catalogue = ProfileCatalogue.load(folders: [(path: Repository.devices, required: true)], log: log)
        return try #require(log.isEmpty ? catalogue.all : nil, "\(log.problems)")
    }

    private func survey(_ messages: [(topic: String, payload: String)]) throws -> TopicSurvey {
        var survey = TopicSurvey(profiles: try Self.shipped())
        for (index, message) in messages.enumerated() {
            let now = Uptime(nanoseconds: Int64(index) * 1_000_000_000)
            survey.add(Array(message.payload.utf8), on: message.topic, isRetained: false, at: now)
        }
        return survey
    }

    @Test func `recognises devices by the shipped profiles, each with its node`() throws {
        let survey = try survey([
            ("tele/bsu-07/SENSOR", #"{"Time":"2026-11-28T10:00:00","HX711":{"WeightRaw":1250}}"#),
            ("tele/bsu-07/LWT", "Online"), ("tele/plug-1/STATE", #"{"Uptime":"1"}"#),
            ("flow-meter/sensor/water/state", "12.5"), ("zigbee2mqtt/lamp", #"{"state":"ON"}"#),
            ("tele/bsu-07/SENSOR", #"{"Time":"2026-11-28T10:00:05","HX711":{"WeightRaw":1250}}"#),
        ])
        let finds = survey.finds
        #expect(finds.map(\.profile) == ["esphome-number", "tasmota-hx711"])
        #expect(finds.map(\.node) == ["flow-meter/sensor/water", "bsu-07"])
        #expect(finds.last?.topics == ["tele/bsu-07/LWT", "tele/bsu-07/SENSOR"])
        #expect(finds.last?.interval == .seconds(5))
        #expect(survey.unknownTopics == ["tele/plug-1/STATE", "zigbee2mqtt/lamp"])
    }

    /// The scan proposed a minute whatever came.
    @Test func `proposes the interval that was heard, and takes what comes at once for one message`() throws {
        func proposed(_ seconds: Double...) throws -> Duration? {
            var survey = TopicSurvey(profiles: try Self.shipped())
            for second in seconds {
                let now = Uptime(nanoseconds: Int64(second * 1_000_000_000))
                survey.add(Array("12.5".utf8), on: "flow-meter/sensor/water/state", isRetained: false, at: now)
            }
            return survey.finds.first?.usualInterval
        }
        #expect(try proposed(0, 3.02, 6.01) == .seconds(3))
        #expect(try proposed(0, 0.05, 10, 10.05, 20) == .seconds(10))
        #expect(try proposed(0, 0.2, 0.4, 0.6, 0.8, 1, 1.2) == .seconds(1))
        #expect(try proposed(0) == .seconds(60))
        #expect(try proposed(0, 0.05) == .seconds(60))
    }

    @Test func `puts the profile first of which most came, where sensors of one maker send the same channels`() throws {
        let survey = try survey([
            ("application/7/device/aa01/event/up", #"{"fPort":85,"data":"AXVkA4IeAA=="}"#),
            ("application/7/device/bb01/event/up", #"{"fPort":85,"data":"AXVcA2c0AQRoZQ=="}"#),
        ])
        let first = survey.finds.filter { $0.node == "aa01" }.first
        #expect(first?.profile == "milesight-em500-udl")
        #expect(survey.finds.filter { $0.node == "bb01" }.first?.profile == "milesight-em300-th")
    }

    @Test func `shows the structure of a message that fits no profile, and nothing of its contents`() throws {
        let survey = try survey([
            ("x/y", #"{"plate":"AG 1234 X","con":"{\"data\":\"0a0b0c0d0e\"}","list":"182;76.40;28.46","n":1}"#)
        ])
        #expect(
            survey.shape(on: "x/y")
                == #"{"con":<text of {"data":<text: hexadecimal, 5 bytes>}>,"list":<text: 3 items with ;>,"#
                + #""n":<number>,"plate":<text>}"#
        )
    }

    @Test func `takes no topic for a device whose payload has another shape`() throws {
        let survey = try survey([("tele/energy/SENSOR", #"{"ENERGY":{"Total":3}}"#), ("lamp/state", #"{"a":"ON"}"#)])
        #expect(survey.finds.isEmpty)
        #expect(survey.unknownTopics.count == 2)
    }

    /// A box's own broker carries many more of its topics than of its devices'.
    @Test func `leaves out what a gateway publishes, and nothing that only looks like it`() throws {
        let survey = try survey([
            ("kediri/readings/kdr-soyo-01/pond/flow", #"{"v":1,"id":"a","gateway":"kdr-soyo-01","points":{}}"#),
            ("kediri/gateways/kdr-soyo-01/status", #"{"v":1,"gateway":"kdr-soyo-01","state":"online"}"#),
            ("plant/meta/pump/state", #"{"speed":4}"#),
        ])
        #expect(survey.messages == 1)
        #expect(survey.unknownTopics == ["plant/meta/pump/state"])
    }
}
