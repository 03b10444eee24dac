package import Diagnosing
package import Domain
package import Modbus

/// Whoever lets a probe ask a bus: the port itself (`OwnBus`), or the daemon that has it open (`BorrowedBus`).
package protocol ProbeBus: AnyObject {
    var endpoint: ModbusEndpoint { get }
    /// What was asked through this object and what came of it.
    var counters: BusCounters { get }
    /// Blocks until the reply or its deadline; a failed read is an exchange too.
    func exchange(_ request: ProbeRequest) throws(ProbeFailure) -> ProbeExchange
    /// Gives the port or the connection back; the next exchange takes it again.
    func close()
}
