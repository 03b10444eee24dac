import Foundation

/// The built `gateway`, beside the tests' own program.
public enum GatewayProgram {
    public static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("gateway").path

    /// Runs a command to its end.
    ///
    /// - Returns: its exit status and all that it wrote, on both streams.
    public static func run(_ arguments: String...) throws -> (status: Int32, text: String) {
        let (status, lines) = try ChildProcess.run(path, arguments)
        return (status, lines.joined(separator: "\n"))
    }
}

/// The built `gateway-city`, beside the tests' own program.
public enum CityProgram {
    public static let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("gateway-city").path

    /// Runs a command to its end.
    ///
    /// - Returns: its exit status and all that it wrote, on both streams.
    public static func run(_ arguments: [String]) throws -> (status: Int32, text: String) {
        let (status, lines) = try ChildProcess.run(path, arguments)
        return (status, lines.joined(separator: "\n"))
    }
}
