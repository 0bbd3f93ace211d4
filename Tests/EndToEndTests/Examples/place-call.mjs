// Requires: npm install node-fetch (or use native fetch in Node 18+)
 
const response = await fetch("https://api.sautikit.com/v1/calls", {
  method: "POST",
  headers: {
    Authorization: `Bearer ${process.env.SAUTIKIT_API_KEY}`,
    "Content-Type": "application/json",
  },
  body: JSON.stringify({
    from: "+254200000001",         // your Nairobi DID
    to: "+254712345678",           // destination (Safaricom mobile)
    voice_callback_url: "https://yourapp.example.com/call-events",
  }),
});
 
if (!response.ok) {
  const err = await response.json();
  throw new Error(`Call initiation failed: ${err.message}`);
}
 
const call = await response.json();
console.log(`Call ${call.id} initiated, status: ${call.status}`);
