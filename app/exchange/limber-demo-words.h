/* The words of the demonstration county: invented people come from these names and streets. For limber-demo.c and for the benches. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A people's names, each list with "|" between; weight is its share of the county. */
typedef struct {
  int         weight;
  const char *language;
  const char *family;
  const char *men;
  const char *women;
} LimberDemoNames;

typedef struct {
  const char *code;
  const char *name;
  const char *kind;
  const char *places; /* ";" between; classes meet in the last */
} LimberDemoSite;

typedef struct {
  const char *code;
  const char *name;
  int         weight;
} LimberDemoService;

#define LIMBER_DEMO_SITES 6
#define LIMBER_DEMO_PRACTICES 14

extern const LimberDemoNames limber_demo_names[7];
extern const LimberDemoSite limber_demo_sites[LIMBER_DEMO_SITES];
extern const LimberDemoService limber_demo_services[6];
extern const char *const limber_demo_practices[LIMBER_DEMO_PRACTICES];
extern const char *const limber_demo_staff_roles[11];
extern const char limber_demo_streets[];
extern const char limber_demo_reasons[];
extern const char limber_demo_needs[];

G_END_DECLS
