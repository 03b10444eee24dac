import TestSupport
import Testing

/// A box that polls one device, `gate`, on a serial line, and a broker that it sends to.
final class LineBox {
    let line = PseudoTerminal()
    let peer: ScriptedPeer
    let broker: BrokerProcess
    let subscriber: Subscriber
    let box: GatewayBox
    let topic = "kediri/readings/box-1/pond/gate"

    /// Returns when some readings have come.
    ///
    /// - Parameter units: the unit ids that answer, whatever the line's settings: a pty has none.
    init(units: Set<UInt8>) throws {
        peer = ScriptedPeer(on: line) { _, request in
            units.contains(request[0]) ? [.send(ModbusFrames.rtuAddresses(to: request))] : []
        }
        broker = try BrokerProcess()
        subscriber = try Subscriber(broker)
        box = try GatewayBox()
        try box.configure(
            """
            buses:
              line: { serial: \(line.path), baud: 115200, parity: none, stop_bits: 1 }
            devices:
              gate: { profile: counter, bus: line, unit: 1, site: pond, interval: 500ms }
            destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
            """
        )
        try box.start()
        _ = try #require(subscriber.all(3) { $0.topic == topic })
    }

    func end() {
        _ = box.terminate()
        peer.stop()
        line.close()
    }
}
