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
    /// Gives the port or the connection back; the next exchange takes it again.
    func close()
}
