/// The configuration that the daemon runs with, as it was read: answers `configuration`. Passwords stand in files of
/// their own, so there are none in it.
public struct ConfigurationText: Codable, Hashable, Sendable {
    public struct File: Codable, Hashable, Sendable {
        public var path: String
        public var text: String

        public init(path: String, text: String) {
            self.path = path
            self.text = text
        }
    }

    /// As in the status.
    public var hash: String
    public var files: [File]

    public init(hash: String, files: [File]) {
        self.hash = hash
        self.files = files
    }
}

extension ConfigurationText {
    /// As one line of text.
    public var json: [UInt8] { ControlRequest.answer(self) }

    public init(json: [UInt8]) throws(NotAnswer) { self = try ControlRequest.readAnswer(json) }
}
