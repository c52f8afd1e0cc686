/** How to connect each CRM to the stages of leads. */
export const leadGuides = {
  hubspot: "HubSpot",
  "hubspot.text":
    "Create a private or public app in HubSpot with webhooks. Enter its client secret above and create the address here. Use the address as the target URL and subscribe to changes of dealstage, lifecyclestage or hs_lead_status. The lead is named by the record’s ID, so write that ID into the form’s field tandem_reference, or map a property that has your reference.",
  pipedrive: "Pipedrive",
  "pipedrive.text":
    "Create the address here. In Pipedrive, under Tools and apps, Webhooks, add a webhook v2 for deals with the address, the user name tandem and the secret as its password. Pipedrive sends a stage’s number: map each number to a stage under words.",
  "salesforce-flow": "Salesforce Flow (HTTP callout)",
  "salesforce-flow.text":
    "Create the address here. In Salesforce, make a named credential that adds the header Authorization with Bearer and the secret, and an HTTP callout in a Flow that posts externalId or email, stage and at to the address.",
  "salesforce-message": "Salesforce outbound message",
  "salesforce-message.text":
    "Enter your organization’s ID above (Setup, Company Information) and create the address. In Salesforce, add an outbound message to the address, which contains the secret, with the fields Id, Email, Status and SystemModstamp.",
  gohighlevel: "GoHighLevel",
  "gohighlevel.text":
    "Enter your location’s ID above and create the address. Use it as the webhook URL of your marketplace app, for opportunities. The lead is named by the contact’s ID; map a field that has your reference if your form does not contain it.",
  generic: "Any other system (JSON)",
  "generic.text":
    "Create the address here and sign each request: X-Tandem-Timestamp with Unix seconds, and X-Tandem-Signature with sha256= and the HMAC-SHA256, by the secret, of the time, a full stop and the body. docs/leads.md has an example with curl.",
  tags: "Shopify customer tags",
  "tags.text":
    "Give a stage the tag by which your shop marks customers. When a customer gets the tag, their lead reaches the stage. It is found if the form’s sender was logged in.",
  metafield: "Shopify customer metafield",
  "metafield.text":
    "Enter the metafield’s namespace and key with the stages. When a customer’s metafield gets the key or name of a stage as its value, their lead reaches the stage. It is found if the form’s sender was logged in. A value that is no stage is listed with its reason; taking the value away undoes nothing.",
  flow: "Shopify Flow",
  "flow.text":
    "Add the action “Send stage to Meta” to a workflow, and enter the stage and your reference, the customer or the email address. It needs no key. A run that changed nothing fails with the reason in the workflow’s run log.",
} as const;
