import os
import httpx  # pip install httpx
 
api_key = os.environ["SAUTIKIT_API_KEY"]
 
with httpx.Client(base_url="https://api.sautikit.com") as client:
    response = client.post(
        "/v1/calls",
        headers={"Authorization": f"Bearer {api_key}"},
        json={
            "from": "+254200000001",       # your Nairobi DID
            "to": "+254712345678",          # destination
            "voice_callback_url": "https://yourapp.example.com/call-events",
        },
    )
    response.raise_for_status()
    call = response.json()
    print(f"Call {call['id']} initiated, status: {call['status']}")
