import Domain

/// How the waiting for a reply on a shared line ended.
enum LineReception {
    /// A frame of this many bytes came, and its checksum is right.
    case frame(Int)
    /// A frame by another unit came; nobody has checked its checksum.
    case unchecked
    case failed(ModbusError.Kind)
}

/// An open way to a shared line, on which one request at a time is made in RTU; closed when it goes.
protocol LinePort: AnyObject {
    /// Throws away what came unasked.
    func flush() throws(ModbusError.Kind)
    /// - Parameter frame: a whole request to `unit`, checksum included.
    func send(_ frame: [UInt8], unit: UnitID) throws(ModbusError.Kind)
    /// Waits for a whole frame, `within` from now at most, into `frame` (260 bytes).
    func receive(into frame: inout [UInt8], within limit: Duration) -> LineReception
    /// Whatever comes until then, 512 bytes at most; a port that fails says so at its next request.
    func listen(until deadline: Uptime, time: any TimeSource) -> (bytes: [UInt8], began: Uptime?)
}
