import Domain
import Installation
import Profiles
import TestSupport
import Testing

@testable import Buses
@testable import MQTT

@Suite struct `A device whose messages have parts` {
    private static let channels = """
        mqtt:
          messages:
            m:
              topic: t
              parts:
                tlv:
                  path: data
                  as: hex
                  byte_order: little
                  channels: { battery: { id: "01 75", bytes: 1 }, distance: { id: "03 82", bytes: 2 } }
        points:
          distance: { message: m, part: tlv, channel: distance, type: uint16 }
          status: { message: m, part: tlv, channel: battery, type: uint8, bits: { low: 0-3 }, private: true }
          low: { field: status.low }

        """

    private let clock = HandClock()
    private let sink = RecordingSink(down: [])

    private func listened(_ profile: String) throws -> ListenedDevice {
        let device = device(try writtenProfile(profile), interval: .seconds(10))
        return ListenedDevice(device, in: try testContext(sink, clock))
    }

    private func send(_ text: String, to device: ListenedDevice) {
        device.accept(
            MQTTReceived(topic: "t", payload: Array(text.utf8), retained: false, arrived: clock.uptime()),
            index: 0
        )
    }

    @Test func `says which part is damaged in each reading that lacks its value`() throws {
        let device = try listened(Self.channels)
        send(#"{"data":"03821e000667"}"#, to: device)
        let samples = try #require(sink.all.readings.last).samples
        #expect(samples.map { $0?.reason } == [.decode, .decode])
        let why = "part tlv: channel 06 67 at byte 5 is not known"
        #expect(samples.map { $0?.why } == [why, why])
    }

    @Test func `has only the values of the channels that came`() throws {
        let device = try listened(Self.channels)
        send(#"{"data":"03821e00"}"#, to: device)
        #expect(sink.all.readings.last?.samples.map { $0?.value } == [.unsigned(30), nil])
        #expect(sink.all.readings.last?.samples[1] == nil)
        send(#"{"data":"017512"}"#, to: device)
        #expect(sink.all.readings.last?.samples.map { $0?.value } == [nil, .unsigned(2)])
        #expect(sink.all.readings.last?.samples[0] == nil)
    }

    @Test func `says that a channel never came, unless some models lack it`() throws {
        let device = try listened(Self.channels)
        for _ in 0..<5 {
            send(#"{"data":"017512"}"#, to: device)
            clock.advance(by: .seconds(10))
        }
        #expect(sink.all.readings.last?.samples[0]?.reason == .notInMessage)
        let optional = try listened(
            Self.channels.replacing("channel: distance, ", with: "channel: distance, optional: true, ")
        )
        for _ in 0..<5 {
            send(#"{"data":"017512"}"#, to: optional)
            clock.advance(by: .seconds(10))
        }
        #expect(sink.all.readings.last?.samples[0] == nil)
    }
}
