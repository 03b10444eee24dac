package import Diagnosing
package import Domain
package import Modbus

/// What a probe asks a bus through: the port itself (`OwnBus`), or the daemon that has the port open (`BorrowedBus`).
package protocol ProbeBus: AnyObject {
    var endpoint: ModbusEndpoint { get }
    /// Counts of the requests that were made through this object, and of their outcomes.
    var counters: BusCounters { get }
    /// Blocks until the reply or its deadline; a failed read is an exchange too.
    func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange
    /// Asks a unit that has just answered who it is; nil where it does not say it, or where a gateway lends the bus.
    func identity(of unit: UnitID, timing: ReplyTiming) -> DeviceIdentity?
    /// Gives the port or the connection back; the next exchange takes it again.
    func close()

    /// Whether another device of the bus answers, as far as that is known without asking.
    ///
    /// - Parameter device: the id of the device that does not count; nil for one that is in no configuration.
    func othersAnswer(besides device: String?) -> Bool?
}

extension ProbeBus {
    package func identity(of unit: UnitID, timing: ReplyTiming) -> DeviceIdentity? { nil }

    package func othersAnswer(besides device: String?) -> Bool? { nil }
}
