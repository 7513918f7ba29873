// A certified provider (npm oidc-provider) for the tests: says whom `POST /mood` names, at the level it names.
// node serve.js '{"port": 1, "client": {…}}'; prints one line when it listens.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const given = JSON.parse(process.argv[2]);
let mood = { pid: "", acr: "loa3", seconds: 0 };

// A clock that is off: everything in the provider asks this one.
const realNow = Date.now.bind(Date);
Date.now = () => realNow() + mood.seconds * 1000;

const issuer = `http://127.0.0.1:${given.port}`;
const provider = new Provider(issuer, {
  clients: [given.client],
  clientAuthMethods: ["private_key_jwt"],
  acrValues: ["loa1", "loa2", "loa3", "loa4"],
  claims: { openid: ["sub", "pid"], acr: null, sid: null, auth_time: null },
  conformIdTokenClaims: false,
  clockTolerance: 180,
  pkce: { required: () => true },
  cookies: { keys: ["of-tests-only"] },
  features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true } },
  findAccount: (context, sub) => ({ accountId: sub, claims: () => ({ sub, pid: mood.pid }) }),
  interactions: { url: (context, interaction) => `/interaction/${interaction.uid}` },
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({
      clientId: context.oidc.client.clientId,
      accountId: context.oidc.session.accountId,
    });
    grant.addOIDCScope("openid");
    await grant.save();
    return grant;
  },
  renderError: (context, out) => {
    context.type = "json";
    context.body = out;
  },
});

const answer = provider.callback();
const server = createServer(async (request, response) => {
  if (request.url === "/mood") {
    let body = "";
    for await (const part of request) body += part;
    mood = { pid: "", acr: "loa3", seconds: 0, ...JSON.parse(body) };
    response.end("{}");
  } else if (request.url.startsWith("/interaction/")) {
    const login = { accountId: "somebody", acr: mood.acr, amr: ["mfa"], remember: false };
    const result = mood.cancel ? { error: "access_denied" } : { login };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } else {
    answer(request, response);
  }
});
server.listen(given.port, "127.0.0.1", () => console.log(JSON.stringify({ issuer })));
