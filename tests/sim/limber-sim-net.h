/* SimNet: the lines between stores. Each end has a SimPort, which is its client's transport. A message takes time, and may
 * be lost on the way there or back, come twice, or come cut short; a line may be down. */
#pragma once

#include "limber-client.h"
#include "limber-node.h"
#include "limber-sim-loop.h"

G_BEGIN_DECLS

/* Chances for each message, and how long it takes: microseconds. */
typedef struct {
  double lose_request;
  double lose_answer;
  double twice;
  double cut_short;
  gint64 slowest;
} SimWeather;

typedef struct _SimNet SimNet;

#define SIM_TYPE_PORT (sim_port_get_type ())
G_DECLARE_FINAL_TYPE (SimPort, sim_port, SIM, PORT, LimberTransport)

SimNet  *sim_net_new      (SimLoop *loop, guint64 seed);
void     sim_net_free     (SimNet *net);
void     sim_net_set_weather (SimNet *net, const SimWeather *weather);
guint    sim_net_requests (SimNet *net);

SimPort *sim_port_new     (SimNet *net, const char *name, const char *url);
void     sim_port_set_node (SimPort *port, LimberNode *node);
void     sim_port_set_only (SimPort *port, SimPort *only);
void     sim_port_set_before (SimPort *port, SimLoopFunc before, gpointer data);
void     sim_net_cut      (SimNet *net, SimPort *a, SimPort *b, gboolean down);
void     sim_net_mend     (SimNet *net);

G_END_DECLS
