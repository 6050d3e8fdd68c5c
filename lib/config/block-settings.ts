import { readBoolean, type SettingsOf } from './setting';

/** What a cluster may have in addition, off unless set. Each has a page of its name in docs. */
export interface BlockSettings {
  /**
   * Whether the cluster has the metrics that a HorizontalPodAutoscaler scales by.
   *
   * @default false
   */
  readonly autoscaling?: boolean;
}

/** The readers of these settings, in the order of the README. */
export const blockSettings: SettingsOf<BlockSettings> = {
  autoscaling: {
    description: 'Whether the cluster has metrics-server, by which autoscalers scale (docs/autoscaling.md).',
    otherwise: '`false`',
    read: (text) => readBoolean('autoscaling', text),
  },
};
