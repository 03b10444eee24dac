/// The release of the program.
public enum Version {
    public static let text = "0.2.0"

    /// The build settings of the compiler.
    public static var build: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }
}
