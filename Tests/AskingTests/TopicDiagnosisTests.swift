import Asking
import Diagnosing
import Domain
import Foundation
import MQTT
import Platform
import Speech
import Testing
import TestSupport

/// Each fault is made with a real broker.
@Suite struct `A fault of an MQTT device` {
    private static let scale = """
        mqtt:
          messages: { sensor: { topic: "tele/{node}/SENSOR" } }
          availability: { topic: "tele/{node}/LWT", online: Online, offline: Offline }
        points:
          weight: { message: sensor, path: HX711.WeightRaw, unit: g, publish: kg, range: [0, 500000] }
        """

    private func probed(
        port: Int,
        username: String? = nil,
        password: String = "",
        wait: Duration = .milliseconds(600)
    ) throws -> DeviceReport? {
        let target = ProbeTarget(
            device: "scale",
            profile: try profile(Self.scale, id: "scale"),
            bus: "sensors",
            unit: UnitID(0),
            node: "bsu-07"
        )
        let probe = TopicProbe(
            [target],
            settings: MQTTSettings(
                addresses: [MQTTAddress(host: "127.0.0.1", port: port)],
                clientID: "probe",
                username: username,
                password: { password }
            ),
            time: clock,
            gatewayOffset: { _ in 0 }
        )
        var report: DeviceReport?
        probe.run(wait: wait) { report = $0 }
        return report
    }

    private func publish(_ payload: String, to topic: String, at broker: BrokerProcess) throws {
        let options = ["-p", "\(broker.port)", "-r", "-t", topic, "-m", payload]
        #expect(try ChildProcess.run("/usr/bin/mosquitto_pub", options).status == 0)
    }

    @Test func `is a broker that is not there`() throws {
        expect(try probed(port: try freePort()), is: .brokerRefused)
    }

    @Test func `is a wrong password`() throws {
        let broker = try BrokerProcess(["allow_anonymous false", "password_file {folder}/passwords"]) { folder in
            try ChildProcess.run("/usr/bin/mosquitto_passwd", ["-b", "-c", folder + "/passwords", "kdr", "right"])
        }
        expect(try probed(port: broker.port, username: "kdr", password: "wrong"), is: .brokerCredentials)
        expect(try probed(port: broker.port, username: "kdr", password: "right"), is: .topicSilent)
    }

    @Test func `is a topic on which nothing comes`() throws {
        let broker = try BrokerProcess()
        let report = try probed(port: broker.port)
        expect(report, is: .topicSilent)
        #expect(report?.finding?.seen.text(in: .en) == "nothing came on tele/bsu-07/SENSOR in 600 ms")
    }

    @Test func `is a device whose last will has come`() throws {
        let broker = try BrokerProcess()
        try publish("Offline", to: "tele/bsu-07/LWT", at: broker)
        let report = try probed(port: broker.port)
        expect(report, is: .topicSilent)
        #expect(report?.finding?.next.text(in: .id).contains("sebelumnya pernah tersambung") == true)
    }

    @Test func `is an old message only, whose value is shown all the same`() throws {
        let broker = try BrokerProcess()
        try publish(#"{"HX711":{"WeightRaw":12034}}"#, to: "tele/bsu-07/SENSOR", at: broker)
        let report = try probed(port: broker.port)
        expect(report, is: .topicSilent)
        #expect(report?.samples.first??.value?.description == "12.034")
        #expect(report?.samples.first??.reason == .retained)
    }

    @Test func `is a payload of another shape, shown without what it says`() throws {
        let broker = try BrokerProcess()
        try publish(
            #"{"Time":"now","plate":"AG 1234 XY","ENERGY":{"Total":[1.5,2]}}"#,
            to: "tele/bsu-07/SENSOR",
            at: broker
        )
        let report = try probed(port: broker.port)
        expect(report, is: .payloadShape)
        let seen = report?.finding?.seen.text(in: .en) ?? ""
        #expect(seen.hasSuffix(#"{"ENERGY":{"Total":[<number>,...]},"Time":<text>,"plate":<text>}"#), "\(seen)")
        #expect(report?.finding?.next.text(in: .en).contains("HX711.WeightRaw") == true)
    }

    @Test func `is none when a message comes`() throws {
        let broker = try BrokerProcess()
        let payload = #"{"HX711":{"WeightRaw":500}}"#
        let talker = try Talker(port: broker.port, topic: "tele/bsu-07/SENSOR", payload: payload)
        defer { talker.stop() }
        let report = try probed(port: broker.port, wait: .seconds(20))
        #expect(report?.isWell == true)
        #expect(report?.samples.first??.value?.description == "0.5")
    }
}

/// A device that publishes again and again, with a program that does not belong to this project.
final class Talker: Sendable {
    private let stopping = StopFlag()
    private let thread: WorkerThread

    init(port: Int, topic: String, payload: String) throws {
        let stopping = stopping
        thread = try WorkerThread(name: "talker") {
            while !stopping.isRaised {
                // When one fails, the next follows.
                _ = try? ChildProcess.run("/usr/bin/mosquitto_pub", ["-p", "\(port)", "-t", topic, "-m", payload])
            }
        }
    }

    func stop() {
        stopping.raise()
        thread.join()
    }
}
