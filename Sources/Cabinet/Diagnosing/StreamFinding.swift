package import Domain

/// What is wrong with a device that sends text, or with its line.
package enum StreamFinding: Hashable, Sendable {
    /// Not a byte came by itself; the settings are nil over the network.
    case silent(place: String, waited: Duration, settings: SerialSettings?)
    /// Not a byte came in answer to that word, as a profile writes it.
    case unanswered(place: String, word: String, asked: Int, settings: SerialSettings?)
    /// Bytes come, and no frame begins or ends in them; the first in hexadecimal.
    case noFrame(bytes: String, settings: SerialSettings?)
    /// Text comes, and no frame of the profile begins or ends in it: its beginning.
    case otherText(String)
    /// Frames come, and all have this flaw: an example, and the first byte that is not as the profile says.
    case otherForm(frames: Int, example: String, at: Int, wanted: String)
    /// Frames come, and each has a value that is none: the point, and its bytes.
    case noValue(frames: Int, example: String, point: String, bytes: String)
    /// Some frames are damaged; an example.
    case damaged(Int, of: Int, example: String, settings: SerialSettings?)
    /// With seven data bits the frames are right.
    case sevenBits(frames: Int, settings: SerialSettings?)
    /// A running gateway listens on the port.
    case gatewayListens(place: String, holder: String)
    case refused(String)

    package var diagnosis: Diagnosis {
        switch self {
        case .silent, .unanswered: .silence
        case .noFrame, .sevenBits: .garbage
        case .otherText, .otherForm, .noValue: .payloadShape
        case .damaged: .crc
        case .gatewayListens: .portBusy
        case .refused: .tcpRefused
        }
    }
}
