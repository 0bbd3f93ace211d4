import Platform

/// A leg that is about to be dialled.
struct DialledLeg {
    let call: Call
    let way: LegWay
}
