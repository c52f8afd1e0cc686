/** As much of Meta's SDK as the comparison uses; the package ships no types. */
declare module "facebook-nodejs-business-sdk" {
  class UserData {
    setEmails(values: readonly string[]): this;
    setPhones(values: readonly string[]): this;
    setFirstName(value: string): this;
    setLastName(value: string): this;
    setCity(value: string): this;
    setState(value: string): this;
    setZip(value: string): this;
    setCountry(value: string): this;
    setExternalId(value: string): this;
    setClientIpAddress(value: string): this;
    setClientUserAgent(value: string): this;
    setFbp(value: string): this;
    setFbc(value: string): this;
  }
  class Content {
    setId(value: string): this;
    setQuantity(value: number): this;
    setItemPrice(value: number): this;
  }
  class CustomData {
    setValue(value: number): this;
    setCurrency(value: string): this;
    setContents(values: readonly Content[]): this;
    setContentIds(values: readonly string[]): this;
    setContentType(value: string): this;
    setNumItems(value: number): this;
    setOrderId(value: string): this;
  }
  class ServerEvent {
    setEventName(value: string): this;
    setEventTime(value: number): this;
    setEventId(value: string): this;
    setEventSourceUrl(value: string): this;
    setActionSource(value: string): this;
    setUserData(value: UserData): this;
    setCustomData(value: CustomData): this;
    normalize(): unknown;
  }
  class EventRequest {
    constructor(token: string, pixelId: string);
    setEvents(events: readonly ServerEvent[]): this;
    execute(): Promise<{ events_received: number }>;
  }
  class FacebookAdsApi {
    static readonly GRAPH: string;
  }
  const sdk: {
    UserData: typeof UserData;
    Content: typeof Content;
    CustomData: typeof CustomData;
    ServerEvent: typeof ServerEvent;
    EventRequest: typeof EventRequest;
    FacebookAdsApi: typeof FacebookAdsApi;
  };
  export { UserData, Content, CustomData, ServerEvent, EventRequest, FacebookAdsApi };
  export default sdk;
}
