import Platform

/// A leg that is about to be dialled.
struct DialledLeg {
    let call: Call
    /// The way to the device that it rings; nil for a number.
    var way: DeviceWay?
}
