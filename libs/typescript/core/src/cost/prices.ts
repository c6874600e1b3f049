/**
 * Prices of chat and embedding models. Source: the model catalog of MLflow 3.17.2, newest entry of 2026-10-06.
 * Written by scripts/prices/generate.py; do not edit.
 *
 * A line `@provider` begins a provider. Each other line is `rates model model …`: US dollars per million tokens for
 * input, output, cache read, cache write and one-hour cache write, separated by commas; missing ones are empty.
 * `,eu,us>x` stands for `x`, `eu.x` and `us.x`.
 */
export const PRICES = `
@openai
5,30,0.5 chat-latest gpt-5.5 gpt-5.5-2026-04-23
5,15 chatgpt-4o-latest gpt-4o-2024-05-13
3,12 computer-use-preview
4,20,0.4,5 daybreak-blue-latest gpt-5.6 gpt-5.6-sol gpt-daybreak-blue-latest
12.5,75,1.25,15.625 daybreak-red-latest gpt-5.6-cyber gpt-daybreak-red-latest
0.5,1.5 gpt-3.5-turbo gpt-3.5-turbo-0125
1,2 gpt-3.5-turbo-1106
3,4 gpt-3.5-turbo-16k
30,60 gpt-4 gpt-4-0314 gpt-4-0613
10,30 gpt-4-0125-preview gpt-4-1106-preview gpt-4-turbo gpt-4-turbo-2024-04-09 gpt-4-turbo-preview
2,8,0.5 gpt-4.1 gpt-4.1-2025-04-14 o3 o3-2025-04-16 o4-mini-deep-research
0.4,1.6,0.1 gpt-4.1-mini gpt-4.1-mini-2025-04-14
0.1,0.4,0.025 gpt-4.1-nano gpt-4.1-nano-2025-04-14
2.5,10,1.25 gpt-4o gpt-4o-2024-08-06 gpt-4o-2024-11-20 gpt-4o-search-preview gpt-4o-search-preview-2025-03-11
2.5,10 gpt-4o-audio-preview gpt-4o-audio-preview-2024-12-17 gpt-4o-audio-preview-2025-06-03 gpt-audio gpt-audio-1.5 gpt-audio-2025-08-28
0.15,0.6,0.075 gpt-4o-mini gpt-4o-mini-2024-07-18 gpt-4o-mini-search-preview gpt-4o-mini-search-preview-2025-03-11
0.15,0.6 gpt-4o-mini-audio-preview gpt-4o-mini-audio-preview-2024-12-17
0.6,2.4,0.3 gpt-4o-mini-realtime-preview gpt-4o-mini-realtime-preview-2024-12-17
5,20,2.5 gpt-4o-realtime-preview gpt-4o-realtime-preview-2024-12-17 gpt-4o-realtime-preview-2025-06-03
1.25,10,0.125 gpt-5 gpt-5-2025-08-07 gpt-5-chat gpt-5-chat-latest gpt-5-codex gpt-5-search-api gpt-5-search-api-2025-10-14 gpt-5.1 gpt-5.1-2025-11-13 gpt-5.1-chat-latest gpt-5.1-codex gpt-5.1-codex-max
0.25,2,0.025 gpt-5-mini gpt-5-mini-2025-08-07 gpt-5.1-codex-mini
0.05,0.4,0.005 gpt-5-nano gpt-5-nano-2025-08-07
15,120 gpt-5-pro gpt-5-pro-2025-10-06
1.75,14,0.175 gpt-5.2 gpt-5.2-2025-12-11 gpt-5.2-chat-latest gpt-5.2-codex gpt-5.3-chat-latest gpt-5.3-codex
21,168 gpt-5.2-pro gpt-5.2-pro-2025-12-11
2.5,15,0.25 gpt-5.4 gpt-5.4-2026-03-05
0.75,4.5,0.075 gpt-5.4-mini gpt-5.4-mini-2026-03-17
0.2,1.25,0.02 gpt-5.4-nano gpt-5.4-nano-2026-03-17
30,180 gpt-5.4-pro gpt-5.4-pro-2026-03-05 gpt-5.5-pro gpt-5.5-pro-2026-04-23
12.5,75,1.25 gpt-5.5-cyber
0.2,1.2,0.02,0.25 gpt-5.6-luna
2,12,0.2,2.5 gpt-5.6-terra
10,50,1,12.5 gpt-6-astra
0.1,0.5,0.01,0.125 gpt-6-luna
2,10,0.2,2.5 gpt-6-sol
2,10,0.1,2.5 gpt-6.1-sol
0.6,2.4 gpt-audio-mini gpt-audio-mini-2025-10-06 gpt-audio-mini-2025-12-15 gpt-realtime-mini
4,16,0.4 gpt-realtime gpt-realtime-1.5 gpt-realtime-2 gpt-realtime-2025-08-28
4,24,0.4 gpt-realtime-2.1
0.6,2.4,0.06 gpt-realtime-2.1-mini gpt-realtime-mini-2025-10-06 gpt-realtime-mini-2025-12-15
5,25,0.5 gpt-rosalind-research
15,60,7.5 o1 o1-2024-12-17
150,600 o1-pro o1-pro-2025-03-19
10,40,2.5 o3-deep-research
1.1,4.4,0.55 o3-mini o3-mini-2025-01-31
20,80 o3-pro o3-pro-2025-06-10
1.1,4.4,0.275 o4-mini o4-mini-2025-04-16
0.13,0 text-embedding-3-large
0.02,0 text-embedding-3-small
0.1,0 text-embedding-ada-002 text-embedding-ada-002-v2
@anthropic
3,15,0.3,3.75 claude-3-7-sonnet-20250219 claude-4-sonnet-20250514 claude-sonnet-4-20250514
0.25,1.25,0.03,0.3 claude-3-haiku-20240307
15,75,1.5,18.75 claude-3-opus-20240229 claude-4-opus-20250514 claude-opus-4-1 claude-opus-4-1-20250805 claude-opus-4-20250514
10,50,1,12.5,20 claude-fable-5 claude-mythos-5 claude-mythos-preview
10,50,0.25,12.5,20 claude-fable-5-1 claude-mythos-5-1
1,5,0.1,1.25,2 claude-haiku-4-5 claude-haiku-4-5-20251001
5,25,0.5,6.25,10 claude-opus-4-5 claude-opus-4-5-20251101 claude-opus-4-6 claude-opus-4-6-20260205 claude-opus-4-7 claude-opus-4-7-20260416 claude-opus-4-8 claude-opus-5
4,20,0.2,5,8 claude-opus-5-5
3,15,0.3,3.75,6 claude-sonnet-4-5 claude-sonnet-4-5-20250929 claude-sonnet-4-6
2,10,0.2,2.5,4 claude-sonnet-5 claude-sonnet-5-5
@gemini
2,12 deep-research-max-preview-04-2026 deep-research-preview-04-2026 deep-research-pro-preview-12-2025
0.075,0 gemini-1.5-flash
0.1,0.4,0.025 gemini-2.0-flash gemini-2.0-flash-001 gemini-2.5-flash-lite-preview-06-17
0.075,0.3,0.01875 gemini-2.0-flash-lite gemini-2.0-flash-lite-001
1.25,10 gemini-2.5-computer-use-preview-10-2025
0.3,2.5,0.03 gemini-2.5-flash gemini-3.5-flash-lite gemini-flash-lite-latest
0.1,0.4,0.01 gemini-2.5-flash-lite gemini-2.5-flash-lite-preview-09-2025
0.5,2 gemini-2.5-flash-native-audio-latest gemini-2.5-flash-native-audio-preview-09-2025 gemini-2.5-flash-native-audio-preview-12-2025
0.3,2.5,0.075 gemini-2.5-flash-preview-09-2025
1.25,10,0.125 gemini-2.5-pro
1,20,0.125 gemini-2.5-pro-preview-tts
0.5,3,0.05 gemini-3-flash-preview
2,12,0.2 gemini-3-pro-preview gemini-3.1-pro-preview gemini-3.1-pro-preview-customtools gemini-pro-latest
0.25,1.5,0.025 gemini-3.1-flash-lite gemini-3.1-flash-lite-preview
0.75,4.5 gemini-3.1-flash-live-preview
1.5,9,0.15 gemini-3.5-flash
3.5,21 gemini-3.5-live-translate-preview
0.75,3.75,0.075 gemini-3.6-flash gemini-3.7-flash gemini-3.8-flash gemini-flash-latest
0.15,0 gemini-embedding-001
0.2,0 gemini-embedding-2 gemini-embedding-2-preview
0,0 gemini-exp-1114 gemini-exp-1206 gemma-3-27b-it gemma-4-26b-a4b-it gemma-4-31b-it learnlm-1.5-pro-experimental lyria-3-clip-preview lyria-3-pro-preview lyria-3.5 lyria-3.5-clip-preview lyria-3.5-pro-preview lyria-realtime-exp
0.35,1.05 gemini-gemma-2-27b-it gemini-gemma-2-9b-it
1.5,9 gemini-omni-1.1-flash gemini-omni-flash-preview
0.3,2.5,0 gemini-robotics-er-1.5-preview
1,5 gemini-robotics-er-1.6-preview gemini-robotics-er-2-streaming-preview
1,5,0.1 gemini-robotics-er-2-preview
@mistral
1,3 codestral-2405
0.3,0.9,0.03 codestral-2508 codestral-latest mistral-code-fim-latest mistral-code-latest
0.15,,0.015 codestral-embed codestral-embed-2505
0.25,0.25,0.025 codestral-mamba-latest mistral-tiny
0.4,2 devstral-2512 devstral-medium-2507 mistral-medium-2505 mistral-medium-2508 mistral-medium-3-1-2508
0.4,2,0.04 devstral-latest devstral-medium-latest mistral-code-agent-latest
0.1,0.3 devstral-small-2505 devstral-small-2507 labs-devstral-small-2512
0.1,0.3,0.01 devstral-small-latest mistral-small
1.4,4.4,0.14 glm-5-2 zai-glm-5 zai-glm-5-2 zai-glm-5-3 zai-glm-latest
0,0 labs-leanstral-1-5 labs-leanstral-1-5-1
2,5 magistral-medium-1-2-2509 magistral-medium-2506 magistral-medium-2509
1.5,7.5,0.15 magistral-medium-latest mistral-medium mistral-medium-2604 mistral-medium-3 mistral-medium-3-5 mistral-medium-3.5 mistral-medium-latest mistral-vibe-cli-latest mistral-vibe-cli-with-tools
0.5,1.5 magistral-small-1-2-2509 magistral-small-2506
0.15,0.6,0.015 magistral-small-latest mistral-small-2603 mistral-small-latest mistral-vibe-cli-fast
0.2,0.2,0.02 ministral-14b-2512 ministral-14b-latest ministral-3-14b-2512
0.1,0.1,0.01 ministral-3-3b-2512 ministral-3b-2512 ministral-3b-latest
0.15,0.15,0.015 ministral-3-8b-2512 ministral-8b-2512 ministral-8b-latest
0.1 mistral-embed mistral-embed-2312
4,12 mistral-large-2402
3,9 mistral-large-2407
2,6 mistral-large-2411 open-mixtral-8x22b pixtral-large-2411
0.5,1.5,0.05 mistral-large-2512 mistral-large-3 mistral-large-latest
2.7,8.1 mistral-medium-2312
0.06,0.18 mistral-small-3-2-2506
0.25,0.25 open-codestral-mamba open-mistral-7b
0.3,0.3,0.03 open-mistral-nemo
0.3,0.3 open-mistral-nemo-2407
0.7,0.7 open-mixtral-8x7b
0.15,0.15 pixtral-12b-2409
2,6,0.2 pixtral-large-latest
0.1,0.4,0.01 voxtral-small-2507 voxtral-small-latest
@deepseek
0.28,0.42,0.028 deepseek-chat deepseek-reasoner
0.14,0.28,0.014 deepseek-coder
0.3,1.2,0.006,0 deepseek-flash deepseek-v4-flash deepseek-v4-flash-vision-exp
0.55,2.19,0.14 deepseek-r1
0.27,1.1,0.07,0 deepseek-v3
0.28,0.4,0.028 deepseek-v3.2
1.32,3.96,0.044,0 deepseek-v4-pro
@xai
2,10 grok-2 grok-2-1212 grok-2-latest grok-2-vision grok-2-vision-1212 grok-2-vision-latest
3,15,0.75 grok-3 grok-3-beta grok-3-latest
5,25,1.25 grok-3-fast-beta grok-3-fast-latest
0.3,0.5,0.075 grok-3-mini grok-3-mini-beta grok-3-mini-latest
0.6,4,0.15 grok-3-mini-fast grok-3-mini-fast-beta grok-3-mini-fast-latest
3,15 grok-4 grok-4-0709 grok-4-latest
0.2,0.5,0.05 grok-4-1-fast grok-4-1-fast-non-reasoning grok-4-1-fast-non-reasoning-latest grok-4-1-fast-reasoning grok-4-1-fast-reasoning-latest grok-4-fast-non-reasoning grok-4-fast-reasoning
1.25,2.5,0.2 grok-4.20 grok-4.20-0309 grok-4.20-0309-non-reasoning grok-4.20-0309-reasoning grok-4.20-beta grok-4.20-beta-0309 grok-4.20-beta-0309-non-reasoning grok-4.20-beta-0309-reasoning grok-4.20-beta-latest grok-4.20-beta-latest-non-reasoning grok-4.20-beta-latest-reasoning grok-4.20-beta-non-reasoning grok-4.20-beta-reasoning grok-4.20-experimental-beta-0304 grok-4.20-experimental-beta-0304-non-reasoning grok-4.20-experimental-beta-0304-reasoning grok-4.20-experimental-beta-latest grok-4.20-experimental-beta-non-reasoning-latest grok-4.20-experimental-beta-reasoning-latest grok-4.20-multi-agent grok-4.20-multi-agent-0309 grok-4.20-multi-agent-beta-0309 grok-4.20-multi-agent-beta-latest grok-4.20-multi-agent-experimental-beta-0304 grok-4.20-multi-agent-experimental-beta-latest grok-4.20-multi-agent-latest grok-4.20-non-reasoning grok-4.20-non-reasoning-gv2 grok-4.20-non-reasoning-latest grok-4.20-reasoning grok-4.20-reasoning-gv2 grok-4.20-reasoning-latest grok-4.3 grok-4.3-latest
2,6,0.3 grok-4.5 grok-4.5-latest grok-build-latest
2,6,0.5 grok-4.6 grok-4.7
5,15 grok-beta grok-vision-beta
1,2,0.2 grok-build-0.1 grok-code-fast grok-code-fast-1 grok-code-fast-1-0825
@cohere
0.1,0 embed-english-light-v2.0 embed-english-light-v3.0 embed-english-v2.0 embed-english-v3.0 embed-multilingual-v2.0 embed-multilingual-v3.0
100,0 embed-multilingual-light-v3.0
0.12,0 embed-v4.0 embed-v5.0-pro
0.08,0 embed-v5.0-fast
@cohere_chat
0.5,1.5 c4ai-aya-expanse-32b
2.5,10 command-a-03-2025 command-r-plus command-r-plus-08-2024
0,0 command-a-plus-05-2026
0.3,0.6 command-light
0.15,0.6 command-r command-r-08-2024
0.0375,0.15 command-r7b-12-2024
@groq
0.05,0.08 gemma-7b-it llama-3.1-8b-instant
0.59,0.79 llama-3.3-70b-versatile
0.2,0.2 llama-guard-3-8b meta-llama/llama-guard-4-12b
0.2,0.6 meta-llama/llama-4-maverick-17b-128e-instruct
0.11,0.34 meta-llama/llama-4-scout-17b-16e-instruct
0.03,0.03 meta-llama/llama-prompt-guard-2-22m
0.04,0.04 meta-llama/llama-prompt-guard-2-86m
1,3,0.5 moonshotai/kimi-k2-instruct-0905
0.15,0.6,0.075 openai/gpt-oss-120b
0.075,0.3,0.0375 openai/gpt-oss-20b
0.075,0.3,0.037 openai/gpt-oss-safeguard-20b
0.29,0.59 qwen/qwen3-32b
0.6,3 qwen/qwen3.6-27b
0.8,4 qwen/qwen3.8-27b
@bedrock
12.5,12.5 ai21.j2-mid-v1
18.8,18.8 ai21.j2-ultra-v1
2,8 ai21.jamba-1-5-large-v1:0
0.2,0.4 ai21.jamba-1-5-mini-v1:0
0.5,0.7 ai21.jamba-instruct-v1:0
0.3,2.5,0.075 ,global>amazon.nova-2-lite-v1:0
0.135,0 amazon.nova-2-multimodal-embeddings-v1:0
1.25,10,0.3125 amazon.nova-2-pro-preview-20251202-v1:0
0.06,0.24,0.015 ,us>amazon.nova-lite-v1:0
0.035,0.14,0.00875 ,us>amazon.nova-micro-v1:0
0.8,3.2,0.2 ,us>amazon.nova-pro-v1:0
0.1,0 amazon.titan-embed-g1-text-02 amazon.titan-embed-text-v1 cohere.embed-english-v3 cohere.embed-multilingual-v3
0.8,0 amazon.titan-embed-image-v1
0.02,0 amazon.titan-embed-text-v2:0
1.3,1.7 amazon.titan-text-express-v1
0.3,0.4 amazon.titan-text-lite-v1
0.5,1.5 amazon.titan-text-premier-v1:0 cohere.command-r-v1:0 mistral.magistral-small-2509 mistral.mistral-large-3-675b-instruct
0.8,4,0.08,1 ,eu,us>anthropic.claude-3-5-haiku-20241022-v1:0
3,15,0.3,3.75 ,apac,eu,us>anthropic.claude-3-5-sonnet-20240620-v1:0 ,apac,eu,us>anthropic.claude-3-5-sonnet-20241022-v2:0 ,eu,us>anthropic.claude-3-7-sonnet-20250219-v1:0 ,apac,eu,us>anthropic.claude-3-sonnet-20240229-v1:0 ,apac,eu,global,us>anthropic.claude-sonnet-4-20250514-v1:0 global>moonshotai.kimi-k3
3.6,18,0.36,4.5 anthropic.claude-3-7-sonnet-20240620-v1:0
0.25,1.25,0.025,0.3125 ,apac,eu,us>anthropic.claude-3-haiku-20240307-v1:0
15,75,1.5,18.75 ,eu,us>anthropic.claude-3-opus-20240229-v1:0 ,eu,us>anthropic.claude-opus-4-1-20250805-v1:0 ,eu,us>anthropic.claude-opus-4-20250514-v1:0
10,50,1,12.5,20 ,global>anthropic.claude-fable-5
10,50,0.25,12.5,20 ,global>anthropic.claude-fable-5-1 ,global>anthropic.claude-mythos-5-1
1,5,0.1,1.25,2 ,global>anthropic.claude-haiku-4-5-20251001-v1:0 anthropic.claude-haiku-4-5@20251001
0.8,2.4 anthropic.claude-instant-v1
27.5,137.5,2.75,34.375,55 ,apac,au,us>anthropic.claude-mythos-preview
5,25,0.5,6.25,10 ,global>anthropic.claude-opus-4-5-20251101-v1:0 ,global>anthropic.claude-opus-4-6-v1 ,global>anthropic.claude-opus-4-7 ,global>anthropic.claude-opus-4-8 ,global>anthropic.claude-opus-5
4,20,0.2,5,8 ,global>anthropic.claude-opus-5-5
3,15,0.3,3.75,6 ,global>anthropic.claude-sonnet-4-5-20250929-v1:0 ,global>anthropic.claude-sonnet-4-6 claude-sonnet-4-5-20250929-v1:0
2,10,0.2,2.5,4 ,global>anthropic.claude-sonnet-5 ,global>anthropic.claude-sonnet-5-5
8,24 anthropic.claude-v1 anthropic.claude-v2:1
0.33,2.75,0.0825 apac,eu,us>amazon.nova-2-lite-v1:0
1.375,11,0.34375 apac,eu,us>amazon.nova-2-pro-preview-20251202-v1:0
0.063,0.252,0.01575 apac>amazon.nova-lite-v1:0
0.037,0.148,0.00925 apac>amazon.nova-micro-v1:0
0.84,3.36,0.21 apac>amazon.nova-pro-v1:0
11,55,1.1,13.75,22 apac,au,eu,us>anthropic.claude-fable-5 us>anthropic.claude-mythos-5
1.1,5.5,0.11,1.375 apac>anthropic.claude-haiku-4-5-20251001-v1:0
5.5,27.5,0.55,6.875,11 eu,us>anthropic.claude-opus-4-5-20251101-v1:0 au,eu,us>anthropic.claude-opus-4-6-v1 apac,au,eu,jp,us>anthropic.claude-opus-4-7 apac,au,eu,jp,us>anthropic.claude-opus-4-8 apac,au,eu,jp,us>anthropic.claude-opus-5
4.4,22,0.22,5.5,8.8 apac,au,eu,jp,us>anthropic.claude-opus-5-5
3.3,16.5,0.33,4.125,6.6 au,eu,jp,us>anthropic.claude-sonnet-4-5-20250929-v1:0 apac,au,eu,jp,us>anthropic.claude-sonnet-4-6
2.2,11,0.22,2.75,4.4 apac,au,eu,jp,us>anthropic.claude-sonnet-5 apac,au,eu,jp,us>anthropic.claude-sonnet-5-5
1.1,5.5,0.11,1.375,2.2 au,eu,jp,us>anthropic.claude-haiku-4-5-20251001-v1:0
0.3,0.6 cohere.command-light-text-v14 meta.llama3-8b-instruct-v1:0
3,15 cohere.command-r-plus-v1:0
1,2 cohere.command-text-v14
0.12,0 ,global,us>cohere.embed-v4:0
1.35,5.4 ,us>deepseek.r1-v1:0
0.58,1.68 deepseek.v3-v1:0
0.62,1.85 ,us>deepseek.v3.2
0.078,0.312,0.0195 eu>amazon.nova-lite-v1:0
0.046,0.184,0.0115 eu>amazon.nova-micro-v1:0
1.05,4.2,0.2625 eu>amazon.nova-pro-v1:0
11,55,0.275,13.75,22 eu,us>anthropic.claude-fable-5-1 us>anthropic.claude-mythos-5-1
0.74,2.22 eu>deepseek.v3.2
0.13,0.13 eu>meta.llama3-2-1b-instruct-v1:0
0.19,0.19 eu>meta.llama3-2-3b-instruct-v1:0
2,6 mistral.mistral-large-2407-v1:0 ,eu,us>mistral.pixtral-large-2502-v1:0
2.5,15,0.25 global>openai.gpt-5.4
5,30,0.5 global>openai.gpt-5.5
0.2,1.2,0.02,0.25 global>openai.gpt-5.6-luna
4,20,0.4,5 global>openai.gpt-5.6-sol
2,12,0.2,2.5 global>openai.gpt-5.6-terra
10,50,1,12.5 global>openai.gpt-6-astra
0.1,0.5,0.01,0.125 ,global>openai.gpt-6-luna
2,10,0.2,2.5 ,global>openai.gpt-6-sol
2,10,0.1,2.5 ,global>openai.gpt-6.1-sol
2,6,0.5 global>xai.grok-4.6 ,global>xai.grok-4.7
0.09,0.29 google.gemma-3-12b-it
0.23,0.38 google.gemma-3-27b-it
0.04,0.08 google.gemma-3-4b-it
0.75,1 meta.llama2-13b-chat-v1
1.95,2.56 meta.llama2-70b-chat-v1
2.4,2.4 ,us>meta.llama3-1-405b-instruct-v1:0
0.72,0.72 ,us>meta.llama3-1-70b-instruct-v1:0 ,us>meta.llama3-2-90b-instruct-v1:0 ,us>meta.llama3-3-70b-instruct-v1:0
0.22,0.22 ,us>meta.llama3-1-8b-instruct-v1:0
0.16,0.16 ,us>meta.llama3-2-11b-instruct-v1:0
0.1,0.1 ,us>meta.llama3-2-1b-instruct-v1:0 mistral.ministral-3-3b-instruct
0.15,0.15 ,us>meta.llama3-2-3b-instruct-v1:0 mistral.ministral-3-8b-instruct
2.65,3.5 meta.llama3-70b-instruct-v1:0
0.24,0.97 ,us>meta.llama4-maverick-17b-instruct-v1:0
0.17,0.66 ,us>meta.llama4-scout-17b-instruct-v1:0
0.3,1.2 minimax.minimax-m2 minimax.minimax-m2.1 minimax.minimax-m2.5
0.4,2 mistral.devstral-2-123b
0.2,0.2 mistral.ministral-3-14b-instruct
0.15,0.2 mistral.mistral-7b-instruct-v0:2
4,12 mistral.mistral-large-2402-v1:0
1,3 mistral.mistral-small-2402-v1:0
0.45,0.7 mistral.mixtral-8x7b-instruct-v0:1
0.04,0.04 mistral.voxtral-mini-3b-2507
0.1,0.3 mistral.voxtral-small-24b-2507
0.6,2.5 moonshot.kimi-k2-thinking
0.73,3.03 moonshotai.kimi-k2-thinking
0.6,3.03 moonshotai.kimi-k2.5
3.3,16.5,0.33,4.125 ,us>moonshotai.kimi-k3
0.2,0.6 nvidia.nemotron-nano-12b-v2
0.06,0.24 nvidia.nemotron-nano-3-30b
0.06,0.23 nvidia.nemotron-nano-9b-v2
0.15,0.65 nvidia.nemotron-super-3-120b
0.15,0.6 openai.gpt-oss-120b-1:0 openai.gpt-oss-safeguard-120b qwen.qwen3-32b-v1:0 qwen.qwen3-coder-30b-a3b-v1:0 writer.palmyra-vision-7b
0.07,0.3 openai.gpt-oss-20b-1:0
0.07,0.2 openai.gpt-oss-safeguard-20b
0.22,0.88 qwen.qwen3-235b-a22b-2507-v1:0
0.45,1.8 qwen.qwen3-coder-480b-a35b-v1:0
0.5,1.2 qwen.qwen3-coder-next
0.15,1.2 qwen.qwen3-next-80b-a3b
0.53,2.66 qwen.qwen3-vl-235b-a22b
0.3,1.5,0.03,0.375 us-gov>anthropic.claude-3-haiku-20240307-v1:0
12,60,0.3,15,24 us-gov>anthropic.claude-fable-5-1
6,30,0.6,7.5,12 us-gov>anthropic.claude-opus-4-8 us-gov>anthropic.claude-opus-5
4.8,24,0.24,6,9.6 us-gov>anthropic.claude-opus-5-5
3.6,18,0.36,4.5,7.2 us-gov>anthropic.claude-sonnet-4-5-20250929-v1:0
2.4,12,0.24,3,4.8 us-gov>anthropic.claude-sonnet-5 us-gov>anthropic.claude-sonnet-5-5
0.24,0.72 us-gov>nvidia.nemotron-nano-12b-v2
0.072,0.288 us-gov>nvidia.nemotron-nano-3-30b
0.072,0.276 us-gov>nvidia.nemotron-nano-9b-v2
0.18,0.78 us-gov>nvidia.nemotron-super-3-120b
0.18,0.72 us-gov>openai.gpt-oss-120b-1:0
0.084,0.36 us-gov>openai.gpt-oss-20b-1:0
2.64,7.92,0.66 us-gov>xai.grok-4.6
2.5,12.5 us>amazon.nova-premier-v1:0
2.75,16.5,0.275 us>openai.gpt-5.4
5.5,33,0.55 us>openai.gpt-5.5
0.22,1.32,0.022,0.275 us>openai.gpt-5.6-luna
4.4,22,0.44,5.5 us>openai.gpt-5.6-sol
2.2,13.2,0.22,2.75 us>openai.gpt-5.6-terra
11,55,1.1,13.75 us>openai.gpt-6-astra
0.11,0.55,0.011,0.1375 us>openai.gpt-6-luna
2.2,11,0.22,2.75 us>openai.gpt-6-sol
2.2,11,0.11,2.75 us>openai.gpt-6.1-sol
2.5,10 ,us>writer.palmyra-x4-v1:0
0.6,6 ,us>writer.palmyra-x5-v1:0
2.2,6.6,0.55 us>xai.grok-4.6 us>xai.grok-4.7
0.6,2.2 zai.glm-4.7
0.07,0.4 zai.glm-4.7-flash
1,3.2 zai.glm-5
`;
