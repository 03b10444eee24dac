import Domain

/// How the wait for a reply on a shared line ended.
enum LineReception {
    /// A frame of this many bytes came, and its checksum is right.
    case frame(Int)
    /// A frame by another unit came; its checksum is unchecked.
    case unchecked
    case failed(ModbusError.Kind)
}

/// An open path to a shared line, for one request at a time; closed when it goes.
protocol LinePort: AnyObject {
    /// Whether requests can still pass, as far as that is known without sending one.
    var isOpen: Bool { get }
    /// Discards unasked bytes.
    func flush() throws(ModbusError.Kind)
    /// - Parameter frame: a whole request to `unit`, checksum included.
    func send(_ frame: [UInt8], unit: UnitID) throws(ModbusError.Kind)
    /// Waits at most `limit` for a whole frame, and stores it in `frame` (as long as the longest reply).
    func receive(into frame: inout [UInt8], within limit: Duration) -> LineReception
    /// Returns what comes until then, `most` bytes at most; a port that fails reports it at its next request. What has
    /// come already is returned even when the deadline has passed.
    func listen(until deadline: Uptime, most: Int, time: any TimeSource) -> (bytes: [UInt8], began: Uptime?)
}
