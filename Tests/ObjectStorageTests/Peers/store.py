"""Runs a store that speaks S3 (moto) on a port, with a bucket and a key, and from then on checks every signature.

usage: store.py PORT BUCKET; prints the access key id and its secret once it is ready, and runs until it is ended.
"""

import json
import sys
import threading
import urllib.request

import boto3
from moto.server import ThreadedMotoServer


def prepare(endpoint, bucket):
    """Makes a bucket and a user who may do everything; returns the user's key."""
    options = {
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
        "aws_access_key_id": "setup",
        "aws_secret_access_key": "setup",
    }
    boto3.client("s3", **options).create_bucket(Bucket=bucket)
    iam = boto3.client("iam", **options)
    iam.create_user(UserName="sautikit")
    everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    iam.put_user_policy(UserName="sautikit", PolicyName="all", PolicyDocument=json.dumps(everything))
    key = iam.create_access_key(UserName="sautikit")["AccessKey"]
    headers = {"Content-Type": "text/plain"}
    urllib.request.urlopen(urllib.request.Request(f"{endpoint}/moto-api/reset-auth", b"0", headers))
    return key["AccessKeyId"], key["SecretAccessKey"]


def main():
    port, bucket = int(sys.argv[1]), sys.argv[2]
    ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False).start()
    print(*prepare(f"http://127.0.0.1:{port}", bucket), flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
