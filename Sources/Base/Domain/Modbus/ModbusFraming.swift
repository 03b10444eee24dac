/// How a request and its reply are wrapped for transport. The raw value is the word for it in commissioning records.
public enum ModbusFraming: String, Hashable, Sendable, CaseIterable {
    /// Unit, PDU and a checksum (Modbus over serial line 1.02, section 2.5.1). A reply does not say which request it
    /// answers.
    case rtu
    /// The same in hexadecimal characters between a colon and CR LF (section 2.5.2), with a checksum of one byte.
    case ascii
    /// A header with a transaction id before the PDU (Modbus messaging on TCP/IP 1.0b, section 3.1.3).
    case mbap = "tcp"

    /// Whether it is a framing of serial lines: units take turns, and 0 addresses all of them.
    public var isOfLines: Bool { self != .mbap }

    /// The unit ids that can be asked. On a serial line 0 addresses every unit at once. The specification reserves the
    /// ids above 247 (Modbus over serial line 1.02, section 2.2), and some devices answer there all the same.
    public var unitIDs: ClosedRange<UInt8> { isOfLines ? 1...255 : 0...255 }
}
